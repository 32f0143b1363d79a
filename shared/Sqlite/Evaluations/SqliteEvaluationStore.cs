using System.Text.Json;
using Vivace.Runtime.Evaluations;
using Vivace.Runtime.Storage;
using Vivace.Sqlite.Turns;

namespace Vivace.Sqlite.Evaluations;

internal sealed class SqliteEvaluationStore(SqliteWriter writer, SqliteReaders readers) : IEvaluationStore
{
    /// <summary>How many turns back the newest result of an evaluator is looked for, so that the cost does not grow.</summary>
    private const int LookBack = 16;

    public ValueTask<IReadOnlyList<EvaluationJob>> DueAsync(string turnId, DateTimeOffset now, CancellationToken cancellationToken)
        => writer.ReadAsync<IReadOnlyList<EvaluationJob>>(
            session => session
                .Prepare("SELECT e.turn_id, e.conversation_id, t.room_id, t.owner, e.number, e.evaluator, e.version, e.tries, COALESCE(t.rewritten_text, m.text), " + TurnWrites.ShownText + ", t.processing, t.created, " + TurnRollouts.Columns + " "
                    + "FROM evaluations e JOIN turns t ON t.id = e.turn_id JOIN messages m ON m.conversation_id = t.conversation_id AND m.number = 2 * t.number - 1 "
                    + "WHERE e.turn_id = ?1 AND e.status = 0 AND e.due <= ?2 ORDER BY e.evaluator, e.version")
                .Query(ToJob, turnId, now),
            cancellationToken);

    public async ValueTask<IReadOnlyList<string>> TakeOverdueAsync(DateTimeOffset now, DateTimeOffset again, int limit, CancellationToken cancellationToken)
        => await IsAnyOverdueAsync(now, cancellationToken)
            ? await writer.WriteAsync(session => TakeOverdue(session, now, again, limit), cancellationToken)
            : [];

    public ValueTask<IReadOnlyList<EvaluationRecord>> EndAsync(
        IReadOnlyList<EvaluationRecord> records, DateTimeOffset at, CancellationToken cancellationToken)
        => writer.WriteAsync<IReadOnlyList<EvaluationRecord>>(
            session => [.. records.Where(record => EvaluationWrites.End(session, record, at))], cancellationToken);

    public async ValueTask RetryAsync(EvaluationJob job, DateTimeOffset due, DateTimeOffset overdue, string reason, CancellationToken cancellationToken)
        => await writer.WriteAsync(
            session => session
                .Prepare("UPDATE evaluations SET tries = ?4, due = ?5, reason = ?6, resend = ?7 WHERE turn_id = ?1 AND evaluator = ?2 AND version = ?3 AND status = 0")
                .Run(job.TurnId, job.Evaluator, job.Version, job.Tries + 1, due, reason, overdue),
            cancellationToken);

    public ValueTask<IReadOnlyList<EvaluationRecord>> ForTurnAsync(string turnId, CancellationToken cancellationToken)
        => writer.ReadAsync<IReadOnlyList<EvaluationRecord>>(
            session => session
                .Prepare("SELECT turn_id, conversation_id, number, evaluator, version, status, deferred, reason, result FROM evaluations WHERE turn_id = ?1 ORDER BY evaluator, version")
                .Query(ToRecord, turnId),
            cancellationToken);

    public async ValueTask<JsonElement?> LatestResultAsync(
        string conversationId, string evaluator, long beforeNumber, CancellationToken cancellationToken)
    {
        var before = MessageNumber.OfUser(beforeNumber);
        var result = await writer.ReadAsync(
            session => session
                .Prepare("SELECT e.result FROM messages m JOIN evaluations e ON e.turn_id = m.turn_id AND e.evaluator = ?2 AND e.status = 1 "
                    + "WHERE m.conversation_id = ?1 AND m.number < ?3 AND m.number >= ?4 AND m.role = 0 ORDER BY m.number DESC, e.version DESC LIMIT 1")
                .QuerySingle(row => row.TextOrNull(0), conversationId, evaluator, before, before - (2 * LookBack)),
            cancellationToken);
        return result is null ? null : JsonElement.Parse(result);
    }

    public ValueTask<IReadOnlyList<DeadEvaluation>> DeadAsync(EvaluationKey? after, int limit, CancellationToken cancellationToken)
        => new(readers.Read(
            session => session
                .Prepare("SELECT e.turn_id, e.evaluator, e.version, e.reason, t.created FROM evaluations e JOIN turns t ON t.id = e.turn_id "
                    + "WHERE e.status = 3 AND (e.turn_id, e.evaluator, e.version) > (?1, ?2, ?3) ORDER BY e.turn_id, e.evaluator, e.version LIMIT ?4 + 0")
                .Query(
                    row => new DeadEvaluation(new EvaluationKey(row.Text(0), row.Text(1), row.Int(2)), row.TextOrNull(3), row.Time(4)),
                    after?.TurnId ?? "", after?.Evaluator ?? "", after?.Version ?? 0, limit),
            cancellationToken));

    public ValueTask<bool> RequeueAsync(EvaluationKey key, DateTimeOffset due, DateTimeOffset overdue, CancellationToken cancellationToken)
        => writer.WriteAsync(
            session => session
                .Prepare("UPDATE evaluations SET status = 0, tries = 0, reason = NULL, due = ?4, resend = ?5 WHERE turn_id = ?1 AND evaluator = ?2 AND version = ?3 AND status = 3")
                .Run(key.TurnId, key.Evaluator, key.Version, due, overdue) == 1,
            cancellationToken);

    public ValueTask<IReadOnlyList<EvaluationCount>> CountAsync(CancellationToken cancellationToken)
        => new(readers.Read(
            session => session
                .Prepare("SELECT e.evaluator, e.version, SUM(e.status = 1), SUM(e.status = 2), SUM(e.status = 3), SUM(e.status = 0), MIN(CASE WHEN e.status = 0 THEN t.created END) "
                    + "FROM evaluations e JOIN turns t ON t.id = e.turn_id GROUP BY e.evaluator, e.version ORDER BY e.evaluator, e.version")
                .Query(row => new EvaluationCount(row.Text(0), row.Int(1), row.Long(2), row.Long(3), row.Long(4), row.Long(5), row.TimeOrNull(6))),
            cancellationToken));

    /// <summary>Most often nothing is, and looking takes no write.</summary>
    private ValueTask<bool> IsAnyOverdueAsync(DateTimeOffset now, CancellationToken cancellation)
        => writer.ReadAsync(
            session => session.Prepare("SELECT 1 FROM evaluations WHERE status = 0 AND resend <= ?1 LIMIT 1").QuerySingle(row => row.Int(0), now) == 1,
            cancellation);

    private static List<string> TakeOverdue(SqliteSession session, DateTimeOffset now, DateTimeOffset again, int limit)
    {
        var overdue = session
            .Prepare("SELECT turn_id FROM evaluations WHERE status = 0 AND resend <= ?1 ORDER BY resend LIMIT ?2 + 0")
            .Query(row => row.Text(0), now, limit)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        foreach (var turn in overdue)
        {
            session.Prepare("UPDATE evaluations SET resend = ?2 WHERE turn_id = ?1 AND status = 0").Run(turn, again);
        }

        return overdue;
    }

    private static EvaluationJob ToJob(Row row)
    {
        var effective = StoredReport.Read(row.Text(10)).Effective;
        return new EvaluationJob(
            row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Long(4), row.Text(5), row.Int(6), row.Int(7),
            row.Text(8), row.TextOrNull(9) ?? "", effective.Mode, effective.Profile, row.Time(11))
        {
            Rollout = TurnRollouts.Read(row, 12, row.Time(11)),
        };
    }

    private static EvaluationRecord ToRecord(Row row) => new()
    {
        TurnId = row.Text(0),
        ConversationId = row.Text(1),
        Number = row.Long(2),
        Evaluator = row.Text(3),
        Version = row.Int(4),
        Status = (EvaluationStatus)row.Int(5),
        Deferred = row.Flag(6),
        Reason = row.TextOrNull(7),
        Result = row.TextOrNull(8),
    };
}
