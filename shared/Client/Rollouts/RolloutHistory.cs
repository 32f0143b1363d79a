namespace Vivace.Client.Rollouts;

/// <summary>A page of the audit log.</summary>
/// <param name="Lines">Its entries as they are stored, to the byte; oldest first.</param>
/// <param name="Head">The last entry of the whole log.</param>
public sealed record RolloutHistory(IReadOnlyList<string> Lines, RolloutHead Head);
