namespace Vivace.Runtime.Evaluations;

/// <summary>
/// Where the evaluations of one evaluator's version stand. Every one that a turn expected is in exactly one of the four:
/// expected = completed + skipped + dead + pending.
/// </summary>
/// <param name="OldestPending">When the turn of the oldest pending one was accepted; null when none is pending.</param>
public sealed record EvaluationCount(
    string Evaluator, int Version, long Completed, long Skipped, long Dead, long Pending, DateTimeOffset? OldestPending);
