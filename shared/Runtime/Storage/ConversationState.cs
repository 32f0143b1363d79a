using Vivace.Contracts.Conversations;

namespace Vivace.Runtime.Storage;

/// <summary>A conversation as a new message finds it.</summary>
/// <param name="Turns">Turns accepted so far, running ones included.</param>
public sealed record ConversationState(Conversation Conversation, long Turns);
