namespace Vivace.Rollouts.Auditing;

/// <summary>The first fault of a log.</summary>
/// <param name="Sequence">Of the entry where it shows, counted from 1 by its place.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Detail">For people.</param>
public sealed record ReplayFault(long Sequence, ReplayFaultKind Kind, string Detail);
