namespace Vivace.Contracts.Messages;

/// <summary>One message of a conversation's history.</summary>
/// <param name="Id">Unique identifier.</param>
/// <param name="Role"><c>user</c> or <c>assistant</c>.</param>
/// <param name="Text">What was said, or shown.</param>
/// <param name="Timestamp">Milliseconds since 1970-01-01 UTC.</param>
/// <param name="TurnId">The turn to which it belongs.</param>
/// <param name="Source">Where it came from: the channel of a user's message, the profile of a reply.</param>
public sealed record Message(string Id, string Role, string Text, long Timestamp, string TurnId, string? Source = null);
