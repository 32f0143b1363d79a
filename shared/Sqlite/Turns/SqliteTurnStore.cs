using Vivace.Contracts.Messages;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Storage;

namespace Vivace.Sqlite.Turns;

internal sealed class SqliteTurnStore(SqliteWriter writer, SqliteReaders readers) : ITurnStore
{
    private const string Columns = "t.id, t.conversation_id, t.room_id, t.owner, t.number, t.status, t.attempt, t.streaming_attempt, t.checkpoint, t.cancel_requested, "
        + "t.channel_type, t.streamed, t.text, t.responded, t.blocked, t.failure, t.processing, t.used, t.created, t.ended";

    public ValueTask<AcceptOutcome> AcceptAsync(TurnAcceptance acceptance, CancellationToken cancellationToken)
        => writer.WriteAsync(session => TurnWrites.Accept(session, acceptance), cancellationToken);

    public ValueTask<UsedKey?> FindKeyAsync(string owner, string conversationId, string key, DateTimeOffset now, CancellationToken cancellationToken)
        => new(readers.Read(session => TurnWrites.FindKey(session, owner, conversationId, key, now), cancellationToken));

    public ValueTask<int> ForgetKeysAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
        => writer.WriteAsync(session => TurnWrites.ForgetKeys(session, now, limit), cancellationToken);

    public ValueTask<bool> CompleteAsync(TurnCompletion completion, CancellationToken cancellationToken)
        => writer.WriteAsync(session => TurnWrites.Complete(session, completion), cancellationToken);

    public ValueTask<TurnRow?> FindAsync(string owner, string turnId, CancellationToken cancellationToken)
        => new(readers.Read(
            session => session.Prepare($"SELECT {Columns} FROM turns t WHERE t.id = ?1 AND t.owner = ?2").QuerySingle(ToTurn, turnId, owner),
            cancellationToken));

    public ValueTask<bool> TryBeginStreamingAsync(string turnId, int attempt, CancellationToken cancellationToken)
        => writer.WriteAsync(
            session => session
                .Prepare("UPDATE turns SET streaming_attempt = ?2 WHERE id = ?1 AND attempt = ?2 AND status = 0 AND streaming_attempt IS NULL")
                .Run(turnId, attempt) == 1,
            cancellationToken);

    public async ValueTask CheckpointAsync(string turnId, int attempt, string text, CancellationToken cancellationToken)
        => await writer.WriteAsync(
            session => session
                .Prepare("UPDATE turns SET checkpoint = ?3 WHERE id = ?1 AND streaming_attempt = ?2 AND status = 0")
                .Run(turnId, attempt, text),
            cancellationToken);

    public ValueTask<bool> RequestCancelAsync(string owner, string turnId, CancellationToken cancellationToken)
        => writer.WriteAsync(
            session => session
                .Prepare("UPDATE turns SET cancel_requested = 1 WHERE id = ?1 AND owner = ?2 AND status = 0")
                .Run(turnId, owner) == 1,
            cancellationToken);

    public ValueTask<IReadOnlyList<TurnRow>> DueHandOversAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
        => new(readers.Read(
            session => session
                .Prepare($"SELECT {Columns} FROM outbox o JOIN turns t ON t.id = o.turn_id WHERE o.due <= ?1 AND o.queue = 'turns' ORDER BY o.due LIMIT ?2 + 0")
                .Query(ToTurn, now, limit),
            cancellationToken));

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
    };
}
