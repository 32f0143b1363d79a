namespace Vivace.Runtime.Storage;

/// <summary>A turn that has not ended, and the instance that runs it; null when none has begun.</summary>
public sealed record RunningTurn(string TurnId, string? Worker);
