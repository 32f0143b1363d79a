namespace Vivace.Runtime.Storage;

/// <summary>A remembered fact. Owner, room and text together are unique: the same fact is remembered once.</summary>
public sealed record FactRow(string Owner, string RoomId, string Text, string TurnId, DateTimeOffset CreatedAt);
