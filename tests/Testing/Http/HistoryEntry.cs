namespace Vivace.Testing.Http;

/// <summary>One message of a history.</summary>
public sealed record HistoryEntry(string Role, string Text, string TurnId, string? Source);
