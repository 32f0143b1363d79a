namespace Vivace.Rollouts.Auditing;

/// <summary>What replaying a log found.</summary>
/// <param name="Entries">How many entries were replayed without fault.</param>
/// <param name="Head">The head of the log up to there.</param>
/// <param name="Fault">The first fault; null: every verdict was reproduced.</param>
public sealed record ReplayReport(long Entries, AuditHead Head, ReplayFault? Fault = null);
