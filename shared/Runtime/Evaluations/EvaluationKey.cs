namespace Vivace.Runtime.Evaluations;

/// <summary>What makes an evaluation unique. Its effects are applied once a key.</summary>
public sealed record EvaluationKey(string TurnId, string Evaluator, int Version);
