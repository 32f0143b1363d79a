namespace Vivace.Contracts.Evaluations;

/// <summary>Where the evaluations of one version of an evaluator stand: expected = completed + skipped + dead + pending.</summary>
/// <param name="Expected">How many turns expected it.</param>
/// <param name="OldestPendingSeconds">Age of the oldest turn that still waits for it; absent when none does.</param>
public sealed record EvaluatorStanding(
    string Evaluator, int Version, long Expected, long Completed, long Skipped, long Dead, long Pending, double? OldestPendingSeconds);
