namespace Vivace.Contracts.Conversations;

/// <summary>One page of the caller's conversations, newest change first.</summary>
/// <param name="Conversations">At most the page's limit.</param>
/// <param name="Next">Pass as <c>after</c> for the next page; absent on the last one.</param>
public sealed record ConversationList(IReadOnlyList<Conversation> Conversations, string? Next = null);
