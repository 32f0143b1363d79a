using System.Text.Json;
using Vivace.Contracts;
using Vivace.Contracts.Processing;
using Vivace.Runtime.Evaluations;
using Vivace.Runtime.Storage;

namespace Vivace.Sqlite.Evaluations;

internal sealed class SqliteEvaluationStore(SqliteWriter writer, SqliteReaders readers) : IEvaluationStore
{
    /// <summary>How many turns back the newest result of an evaluator is looked for, so that the cost does not grow.</summary>
    private const int LookBack = 16;

    public ValueTask<IReadOnlyList<EvaluationJob>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
        => new(readers.Read(
            session => session
                .Prepare("SELECT e.turn_id, e.conversation_id, t.room_id, t.owner, e.number, e.evaluator, e.version, e.tries, COALESCE(t.rewritten_text, m.text), t.text, t.processing, t.created "
                    + "FROM evaluations e JOIN turns t ON t.id = e.turn_id JOIN messages m ON m.conversation_id = t.conversation_id AND m.number = 2 * t.number - 1 "
                    + "WHERE e.status = 0 AND e.due <= ?1 ORDER BY e.due LIMIT ?2 + 0")
                .Query(ToJob, now, limit),
            cancellationToken));

    public ValueTask<IReadOnlyList<EvaluationRecord>> EndAsync(
        IReadOnlyList<EvaluationRecord> records, DateTimeOffset at, CancellationToken cancellationToken)
        => writer.WriteAsync<IReadOnlyList<EvaluationRecord>>(
            session => [.. records.Where(record => EvaluationWrites.End(session, record, at))], cancellationToken);

    public async ValueTask RetryAsync(EvaluationJob job, DateTimeOffset due, string reason, CancellationToken cancellationToken)
        => await writer.WriteAsync(
            session => session
                .Prepare("UPDATE evaluations SET tries = ?4, due = ?5, reason = ?6 WHERE turn_id = ?1 AND evaluator = ?2 AND version = ?3 AND status = 0")
                .Run(job.TurnId, job.Evaluator, job.Version, job.Tries + 1, due, reason),
            cancellationToken);

    public ValueTask<IReadOnlyList<EvaluationRecord>> ForTurnAsync(string turnId, CancellationToken cancellationToken)
        => new(readers.Read(
            session => session
                .Prepare("SELECT turn_id, conversation_id, number, evaluator, version, status, deferred, reason, result FROM evaluations WHERE turn_id = ?1 ORDER BY evaluator, version")
                .Query(ToRecord, turnId),
            cancellationToken));

    public ValueTask<JsonElement?> LatestResultAsync(
        string conversationId, string evaluator, long beforeNumber, CancellationToken cancellationToken)
    {
        var before = MessageNumber.OfUser(beforeNumber);
        var result = readers.Read(
            session => session
                .Prepare("SELECT e.result FROM messages m JOIN evaluations e ON e.turn_id = m.turn_id AND e.evaluator = ?2 AND e.status = 1 "
                    + "WHERE m.conversation_id = ?1 AND m.number < ?3 AND m.number >= ?4 AND m.role = 0 ORDER BY m.number DESC, e.version DESC LIMIT 1")
                .QuerySingle(row => row.TextOrNull(0), conversationId, evaluator, before, before - (2 * LookBack)),
            cancellationToken);
        if (result is null)
        {
            return new((JsonElement?)null);
        }

        using var document = JsonDocument.Parse(result);
        return new(document.RootElement.Clone());
    }

    private static EvaluationJob ToJob(Row row)
    {
        var effective = JsonSerializer.Deserialize(row.Text(10), WireJson.Context.ProcessingReport)?.Effective
            ?? new EffectiveProcessing(ProcessingMode.Default, "default");
        return new EvaluationJob(
            row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Long(4), row.Text(5), row.Int(6), row.Int(7),
            row.Text(8), row.TextOrNull(9) ?? "", effective.Mode, effective.Profile, row.Time(11));
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
