namespace Vivace.Runtime.Evaluations;

/// <summary>When evaluations of a turn that failed are tried again.</summary>
/// <param name="Tries">How often they have been tried.</param>
public readonly record struct EvaluationRetry(int Tries, DateTimeOffset DueAt);
