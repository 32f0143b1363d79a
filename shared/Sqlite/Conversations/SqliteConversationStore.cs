using Vivace.Contracts.Conversations;
using Vivace.Contracts.Processing;
using Vivace.Runtime.Storage;

namespace Vivace.Sqlite.Conversations;

internal sealed class SqliteConversationStore(SqliteWriter writer, SqliteReaders readers) : IConversationStore
{
    // LIMIT takes an expression here and elsewhere: a bare parameter makes SQLite prepare the statement anew on every run.
    private const string Columns = "id, title, room_id, default_mode, muted, created, updated";

    private const int ColumnCount = 7;

    public async ValueTask CreateAsync(string owner, Conversation conversation, CancellationToken cancellationToken)
        => await writer.WriteAsync(
            session => session
                .Prepare("INSERT INTO conversations (id, owner, title, room_id, default_mode, muted, turns, created, updated) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7, ?8)")
                .Run(conversation.Id, owner, conversation.Title, conversation.RoomId, (int?)conversation.DefaultMode, conversation.Muted, conversation.CreatedAt, conversation.UpdatedAt),
            cancellationToken);

    public ValueTask<Conversation?> FindAsync(string owner, string conversationId, CancellationToken cancellationToken)
        => writer.ReadAsync(session => Find(session, owner, conversationId), cancellationToken);

    public ValueTask<ConversationState?> FindStateAsync(string owner, string conversationId, CancellationToken cancellationToken)
        => writer.ReadAsync(
            session => session
                .Prepare($"SELECT {Columns}, turns FROM conversations WHERE id = ?1 AND owner = ?2")
                .QuerySingle(row => new ConversationState(ToConversation(row), row.Long(ColumnCount)), conversationId, owner),
            cancellationToken);

    public ValueTask<ConversationPage> ListAsync(string owner, ConversationCursor? after, int limit, CancellationToken cancellationToken)
    {
        var (updated, id) = after is null ? (long.MaxValue, "") : (after.UpdatedAt.ToUnixTimeMilliseconds(), after.Id);
        var rows = readers.Read(
            session => session
                .Prepare($"SELECT {Columns} FROM conversations WHERE owner = ?1 AND (updated, id) < (?2, ?3) ORDER BY updated DESC, id DESC LIMIT ?4 + 0")
                .Query(ToConversation, owner, updated, id, limit + 1),
            cancellationToken);
        if (rows.Count <= limit)
        {
            return new(new ConversationPage(rows, null));
        }

        rows.RemoveAt(limit);
        var last = rows[^1];
        return new(new ConversationPage(rows, new ConversationCursor(last.UpdatedAt, last.Id)));
    }

    public async ValueTask<Conversation?> UpdateAsync(
        string owner, string conversationId, UpdateConversationRequest change, DateTimeOffset at, CancellationToken cancellationToken)
        => await writer.WriteAsync(
            session =>
            {
                session
                    .Prepare("UPDATE conversations SET title = COALESCE(?3, title), default_mode = CASE WHEN ?4 THEN ?5 ELSE default_mode END, muted = COALESCE(?6, muted), updated = ?7 WHERE id = ?1 AND owner = ?2")
                    .Run(conversationId, owner, change.Title, change.ChangesDefaultMode, (int?)change.DefaultMode, change.Muted, at);
                return Find(session, owner, conversationId);
            },
            cancellationToken);

    public ValueTask<IReadOnlyList<RunningTurn>?> DeleteAsync(string owner, string conversationId, CancellationToken cancellationToken)
        => writer.WriteAsync<IReadOnlyList<RunningTurn>?>(session => Delete(session, owner, conversationId), cancellationToken);

    public ValueTask<MessagePage?> MessagesAsync(
        string owner, string conversationId, long? before, int limit, CancellationToken cancellationToken)
        => new(readers.Read(
            session => Find(session, owner, conversationId) is null ? null : Page(session, conversationId, before ?? long.MaxValue, limit),
            cancellationToken));

    public ValueTask<IReadOnlyList<PromptMessage>> RecentMessagesAsync(
        string conversationId, long before, int limit, CancellationToken cancellationToken)
        => writer.ReadAsync<IReadOnlyList<PromptMessage>>(session => ForPrompt(session, conversationId, before, limit), cancellationToken);

    private static MessagePage Page(SqliteSession session, string conversationId, long before, int limit)
    {
        var rows = Newest(session, conversationId, before, limit + 1);
        return rows.Count <= limit ? new MessagePage(rows, false) : new MessagePage(rows.GetRange(1, limit), true);
    }

    private static List<MessageRow> Newest(SqliteSession session, string conversationId, long before, int limit)
    {
        var rows = session
            .Prepare("SELECT number, id, turn_id, role, text, created, source FROM messages WHERE conversation_id = ?1 AND number < ?2 ORDER BY number DESC LIMIT ?3 + 0")
            .Query(ToMessage, conversationId, before, limit);
        rows.Reverse();
        return rows;
    }

    private static List<PromptMessage> ForPrompt(SqliteSession session, string conversationId, long before, int limit)
    {
        var rows = session
            .Prepare("SELECT role, COALESCE(prompt_text, text) FROM messages WHERE conversation_id = ?1 AND number < ?2 AND prompt_text IS NOT '' ORDER BY number DESC LIMIT ?3 + 0")
            .Query(row => new PromptMessage((MessageRole)row.Int(0), row.Text(1)), conversationId, before, limit);
        rows.Reverse();
        return rows;
    }

    private static MessageRow ToMessage(Row row)
        => new(row.Long(0), row.Text(1), row.Text(2), (MessageRole)row.Int(3), row.Text(4), row.Time(5), row.TextOrNull(6));

    private static List<RunningTurn>? Delete(SqliteSession session, string owner, string conversationId)
    {
        if (Find(session, owner, conversationId) is not { } conversation)
        {
            return null;
        }

        const string itsTurns = "(SELECT turn_id FROM messages WHERE conversation_id = ?1)";
        var running = session
            .Prepare($"SELECT id, worker FROM turns WHERE id IN {itsTurns} AND +status = 0")
            .Query(row => new RunningTurn(row.Text(0), row.TextOrNull(1)), conversationId);
        session.Prepare($"DELETE FROM evaluations WHERE turn_id IN {itsTurns}").Run(conversationId);
        session.Prepare($"DELETE FROM turns WHERE id IN {itsTurns}").Run(conversationId);
        session.Prepare("DELETE FROM messages WHERE conversation_id = ?1").Run(conversationId);
        session.Prepare("DELETE FROM idempotency WHERE owner = ?1 AND conversation_id = ?2").Run(owner, conversationId);
        session.Prepare("DELETE FROM facts WHERE owner = ?1 AND room_id = ?2").Run(owner, conversation.RoomId);
        session.Prepare("DELETE FROM conversations WHERE id = ?1").Run(conversationId);
        return running;
    }

    private static Conversation? Find(SqliteSession session, string owner, string conversationId)
        => session.Prepare($"SELECT {Columns} FROM conversations WHERE id = ?1 AND owner = ?2").QuerySingle(ToConversation, conversationId, owner);

    private static Conversation ToConversation(Row row) => new()
    {
        Id = row.Text(0),
        Title = row.Text(1),
        RoomId = row.Text(2),
        DefaultMode = (ProcessingMode?)row.IntOrNull(3),
        Muted = row.Flag(4),
        CreatedAt = row.Time(5),
        UpdatedAt = row.Time(6),
    };
}
