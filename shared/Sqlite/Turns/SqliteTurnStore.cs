using Vivace.Contracts.Messages;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Storage;

namespace Vivace.Sqlite.Turns;

internal sealed class SqliteTurnStore(SqliteWriter writer) : ITurnStore
{
    private const string Columns = "t.id, t.conversation_id, t.room_id, t.owner, t.number, t.status, t.attempt, t.streaming_attempt, t.checkpoint, t.cancel_requested, "
        + "t.channel_type, t.streamed, " + TurnWrites.ShownText + ", t.responded, t.blocked, t.failure, t.processing, t.used, t.created, t.ended, t.worker, " + TurnRollouts.Columns;

    private const int OwnColumns = 21;

    private const int ColumnCount = OwnColumns + TurnRollouts.ColumnCount;

    public ValueTask<AcceptOutcome> AcceptAsync(TurnAcceptance acceptance, CancellationToken cancellationToken)
        => writer.WriteAsync(session => TurnWrites.Accept(session, acceptance), cancellationToken);

    public ValueTask<AcceptOutcome> RecordAsync(TurnAcceptance acceptance, TurnCompletion completion, CancellationToken cancellationToken)
    {
        if (acceptance.IdempotencyKey is not null)
        {
            throw new ArgumentException("A turn with a key is accepted first.", nameof(acceptance));
        }

        return writer.WriteAsync(session => TurnWrites.Record(session, acceptance, completion), cancellationToken);
    }

    public ValueTask<UsedKey?> FindKeyAsync(string owner, string conversationId, string key, DateTimeOffset now, CancellationToken cancellationToken)
        => writer.ReadAsync(session => TurnWrites.FindKey(session, owner, conversationId, key, now), cancellationToken);

    public ValueTask<int> ForgetKeysAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
        => writer.WriteAsync(session => TurnWrites.ForgetKeys(session, now, limit), cancellationToken);

    public ValueTask<TurnWork?> BeginAttemptAsync(string turnId, string worker, DateTimeOffset dueAt, CancellationToken cancellationToken)
        => writer.WriteAsync(session => Begin(session, turnId, worker, dueAt), cancellationToken);

    public ValueTask<CompletionOutcome> CompleteAsync(TurnCompletion completion, CancellationToken cancellationToken)
        => writer.WriteAsync(session => TurnWrites.Complete(session, completion), cancellationToken);

    public ValueTask<TurnRow?> FindAsync(string owner, string turnId, CancellationToken cancellationToken)
        => writer.ReadAsync(session => Find(session, owner, turnId), cancellationToken);

    public ValueTask<bool> TryBeginStreamingAsync(string turnId, int attempt, string text, CancellationToken cancellationToken)
        => writer.WriteAsync(
            session => session
                .Prepare("UPDATE turns SET streaming_attempt = ?2, checkpoint = ?3 WHERE id = ?1 AND attempt = ?2 AND status = 0 AND streaming_attempt IS NULL")
                .Run(turnId, attempt, text) == 1,
            cancellationToken);

    public ValueTask<bool> CheckpointAsync(string turnId, int attempt, string text, CancellationToken cancellationToken)
        => writer.WriteAsync(
            session => session
                .Prepare("UPDATE turns SET checkpoint = ?3 WHERE id = ?1 AND attempt = ?2 AND streaming_attempt = ?2 AND status = 0")
                .Run(turnId, attempt, text) == 1,
            cancellationToken);

    public ValueTask<TurnRow?> RequestCancelAsync(string owner, string turnId, CancellationToken cancellationToken)
        => writer.WriteAsync(
            session =>
            {
                session.Prepare("UPDATE turns SET cancel_requested = 1 WHERE id = ?1 AND owner = ?2 AND status = 0").Run(turnId, owner);
                return Find(session, owner, turnId);
            },
            cancellationToken);

    public async ValueTask<IReadOnlyList<DueTurn>> TakeDueAsync(DateTimeOffset now, DateTimeOffset again, int limit, CancellationToken cancellationToken)
        => await IsAnyDueAsync(now, cancellationToken)
            ? await writer.WriteAsync(
                session => session
                    .Prepare("UPDATE turns SET due = ?2 WHERE id IN (SELECT id FROM turns WHERE status = 0 AND due <= ?1 ORDER BY due LIMIT ?3 + 0) RETURNING id, owner, room_id, attempt")
                    .Query(row => new DueTurn(row.Text(0), row.Text(1), row.Text(2), row.Int(3)), now, again, limit),
                cancellationToken)
            : [];

    /// <summary>Most often nothing is, and looking takes no write.</summary>
    private ValueTask<bool> IsAnyDueAsync(DateTimeOffset now, CancellationToken cancellation)
        => writer.ReadAsync(session => session.Prepare("SELECT 1 FROM turns WHERE status = 0 AND due <= ?1 LIMIT 1").QuerySingle(row => row.Int(0), now) == 1, cancellation);

    private static TurnWork? Begin(SqliteSession session, string turnId, string worker, DateTimeOffset dueAt)
    {
        var begun = session
            .Prepare("UPDATE turns SET attempt = attempt + 1, worker = ?2, due = ?3 WHERE id = ?1 AND status = 0")
            .Run(turnId, worker, dueAt);
        return begun == 0 ? null : session
            .Prepare($"SELECT {Columns}, m.text, c.muted FROM turns t JOIN conversations c ON c.id = t.conversation_id "
                + "JOIN messages m ON m.conversation_id = t.conversation_id AND m.number = 2 * t.number - 1 WHERE t.id = ?1")
            .QuerySingle(row => new TurnWork(ToTurn(row), row.Text(ColumnCount), row.Flag(ColumnCount + 1)), turnId);
    }

    private static TurnRow? Find(SqliteSession session, string owner, string turnId)
        => session.Prepare($"SELECT {Columns} FROM turns t WHERE t.id = ?1 AND t.owner = ?2").QuerySingle(ToTurn, turnId, owner);

    private static TurnRow ToTurn(Row row) => new()
    {
        TurnId = row.Text(0),
        ConversationId = row.Text(1),
        RoomId = row.Text(2),
        Owner = row.Text(3),
        Number = row.Long(4),
        Status = (TurnStatus)row.Int(5),
        Attempt = row.Int(6),
        StreamingAttempt = row.IntOrNull(7),
        Checkpoint = row.TextOrNull(8),
        CancelRequested = row.Flag(9),
        ChannelType = (ChannelType)row.Int(10),
        Streamed = row.Flag(11),
        Text = row.TextOrNull(12),
        Responded = row.Flag(13),
        Blocked = row.Flag(14),
        Failure = row.TextOrNull(15),
        Processing = row.Text(16),
        Used = row.TextOrNull(17),
        CreatedAt = row.Time(18),
        EndedAt = row.TimeOrNull(19),
        Worker = row.TextOrNull(20),
        Rollout = TurnRollouts.Read(row, OwnColumns, row.Time(18)),
    };
}
