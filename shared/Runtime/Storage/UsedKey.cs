namespace Vivace.Runtime.Storage;

/// <summary>An idempotency key that was used in the last 24 hours: for which turn, and for which payload.</summary>
public sealed record UsedKey(string TurnId, string PayloadHash);
