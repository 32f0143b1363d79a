using Vivace.Contracts.Processing;

namespace Vivace.Runtime.Evaluations;

/// <summary>What came of running the due evaluations of a turn.</summary>
/// <param name="Ended">Those that this run has ended; others may have been ended elsewhere.</param>
/// <param name="Retries">When those that failed are due again, earliest first.</param>
/// <param name="Models">The model calls that were made, in their order.</param>
public sealed record EvaluationRun(IReadOnlyList<EvaluationRecord> Ended, IReadOnlyList<EvaluationRetry> Retries, IReadOnlyList<ModelUse> Models);
