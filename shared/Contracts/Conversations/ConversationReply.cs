namespace Vivace.Contracts.Conversations;

/// <summary>Reply of the calls that create, read or change one conversation.</summary>
public sealed record ConversationReply(Conversation Conversation);
