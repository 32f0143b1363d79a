namespace Vivace.Rollouts.Flags;

/// <summary>What became of a write.</summary>
/// <param name="Status">Whether it was made, and why not.</param>
/// <param name="Flag">The flag as it is stored now; null when the write was not made.</param>
public sealed record FlagWriteOutcome(FlagWriteStatus Status, StoredFlag? Flag = null);
