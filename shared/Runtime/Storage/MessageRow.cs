namespace Vivace.Runtime.Storage;

/// <summary>A stored message. <paramref name="Number"/> is its position, see <see cref="MessageNumber"/>.</summary>
public sealed record MessageRow(
    long Number, string Id, string TurnId, MessageRole Role, string Text, DateTimeOffset CreatedAt, string? Source);
