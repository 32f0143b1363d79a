namespace Vivace.Contracts.Evaluations;

/// <summary>Reply of <c>GET /api/evaluations</c>: where the evaluations of every owner stand.</summary>
/// <param name="Evaluators">By evaluator and version.</param>
public sealed record EvaluationSummary(IReadOnlyList<EvaluatorStanding> Evaluators);
