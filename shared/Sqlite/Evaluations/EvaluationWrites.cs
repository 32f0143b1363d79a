using Vivace.Runtime.Evaluations;
using Vivace.Runtime.Storage;
using Vivace.Sqlite.Facts;

namespace Vivace.Sqlite.Evaluations;

/// <summary>Writes of evaluations; the effects of one go with the transaction that completes it.</summary>
internal static class EvaluationWrites
{
    public static void Insert(SqliteSession session, EvaluationRecord record, long number, string owner, string roomId, DateTimeOffset at, DateTimeOffset overdue)
    {
        session
            .Prepare("INSERT INTO evaluations (turn_id, evaluator, version, conversation_id, number, status, deferred, reason, result, due, resend) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")
            .Run(record.TurnId, record.Evaluator, record.Version, record.ConversationId, number, (int)record.Status, record.Deferred, record.Reason, record.Result, at, overdue);
        ApplyFacts(session, record, owner, roomId, at);
    }

    public static bool End(SqliteSession session, EvaluationRecord record, DateTimeOffset at)
    {
        var ended = session
            .Prepare("UPDATE evaluations SET status = ?4, reason = ?5, result = ?6 WHERE turn_id = ?1 AND evaluator = ?2 AND version = ?3 AND status = 0")
            .Run(record.TurnId, record.Evaluator, record.Version, (int)record.Status, record.Reason, record.Result);
        if (ended == 0)
        {
            return false;
        }

        if (record.Facts.Count > 0)
        {
            var (owner, room) = session
                .Prepare("SELECT owner, room_id FROM turns WHERE id = ?1")
                .QuerySingle(row => (row.Text(0), row.Text(1)), record.TurnId);
            ApplyFacts(session, record, owner, room, at);
        }

        return true;
    }

    private static void ApplyFacts(SqliteSession session, EvaluationRecord record, string owner, string roomId, DateTimeOffset at)
    {
        foreach (var fact in record.Facts)
        {
            SqliteFactStore.Insert(session, new FactRow(owner, roomId, fact, record.TurnId, at));
        }
    }
}
