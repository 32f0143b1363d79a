namespace Vivace.Runtime.Evaluations;

/// <summary>An evaluation that failed as often as it is tried.</summary>
/// <param name="Reason">The kind of its last failure.</param>
public sealed record DeadEvaluation(EvaluationKey Key, string? Reason, DateTimeOffset CreatedAt);
