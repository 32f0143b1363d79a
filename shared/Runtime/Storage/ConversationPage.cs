using Vivace.Contracts.Conversations;

namespace Vivace.Runtime.Storage;

/// <summary>A page of conversations, newest change first, and where the next one begins; null on the last.</summary>
public sealed record ConversationPage(IReadOnlyList<Conversation> Conversations, ConversationCursor? Next);
