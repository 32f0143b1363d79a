using Vivace.Contracts.Conversations;

namespace Vivace.Runtime.Storage;

/// <summary>
/// Conversations and their messages. Every method that takes an owner sees only that owner's rows. A returned task is
/// complete when the write is durable. Throws <see cref="StoreUnavailableException"/> when the store cannot be reached. A limit is
/// at least 1.
/// </summary>
public interface IConversationStore
{
    /// <summary>Adds a conversation without turns.</summary>
    /// <param name="owner">Whose it is from then on.</param>
    /// <param name="conversation">Its id must be new, among all owners.</param>
    ValueTask CreateAsync(string owner, Conversation conversation, CancellationToken cancellationToken);

    /// <summary>The owner's conversation, or null when there is none of that id.</summary>
    ValueTask<Conversation?> FindAsync(string owner, string conversationId, CancellationToken cancellationToken);

    /// <summary>The conversation that a message is for, and how many turns it has had.</summary>
    ValueTask<ConversationState?> FindStateAsync(string owner, string conversationId, CancellationToken cancellationToken);

    /// <summary>Newest change first; <paramref name="after"/> is a page's <c>Next</c>, null for the first.</summary>
    ValueTask<ConversationPage> ListAsync(string owner, ConversationCursor? after, int limit, CancellationToken cancellationToken);

    /// <summary>The changed conversation, or null when there is none.</summary>
    ValueTask<Conversation?> UpdateAsync(
        string owner, string conversationId, UpdateConversationRequest change, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>
    /// Removes the conversation and everything that belongs to it. The turns that ran then, or null when there is none.
    /// </summary>
    ValueTask<IReadOnlyList<RunningTurn>?> DeleteAsync(string owner, string conversationId, CancellationToken cancellationToken);

    /// <summary>The newest messages before a position, oldest first; null when the conversation does not exist.</summary>
    ValueTask<MessagePage?> MessagesAsync(
        string owner, string conversationId, long? before, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// What a prompt may show of the newest messages before a position, oldest first, of a conversation that a turn already
    /// owns: messages as pre-evaluators left them, none of a turn that was blocked or still runs.
    /// </summary>
    ValueTask<IReadOnlyList<PromptMessage>> RecentMessagesAsync(
        string conversationId, long before, int limit, CancellationToken cancellationToken);
}
