namespace Vivace.Runtime.Evaluations;

/// <summary>How long after an evaluation was due its message is taken for lost and sent again.</summary>
public sealed record EvaluationPatience(TimeSpan ResendAfter);
