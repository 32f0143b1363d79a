namespace Vivace.Runtime.Evaluations;

/// <summary>When an evaluation is tried again.</summary>
/// <param name="RetryAfter">Between its first failure and the second try; four times as long before each further one.</param>
/// <param name="ResendAfter">After it was due, when its message is taken for lost and sent again.</param>
public sealed record EvaluationPatience(TimeSpan RetryAfter, TimeSpan ResendAfter);
