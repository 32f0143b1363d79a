namespace Vivace.Client.Rollouts;

/// <summary>The last entry of the audit log.</summary>
/// <param name="Sequence">Counts from 1; 0 for an empty log.</param>
/// <param name="Hash">The entry's hash, SHA-256 in hexadecimal digits.</param>
public sealed record RolloutHead(long Sequence, string Hash);
