using Vivace.ServiceBus.Broker;

namespace Vivace.Sqlite.Broker;

/// <summary>Writes changes into the tables.</summary>
internal static class JournalChanges
{
    public static void Apply(SqliteSession session, QueueIds queues, IReadOnlyList<JournalChange> changes)
    {
        for (var i = 0; i < changes.Count; i++)
        {
            Apply(session, queues, changes[i]);
        }
    }

    private static void Apply(SqliteSession session, QueueIds queues, JournalChange change)
    {
        var queue = queues[change.Queue];
        switch (change)
        {
            case JournalChange.MessagePut { Message: var m }:
                session
                    .Prepare("INSERT OR REPLACE INTO messages (queue, number, state, deliveries, session, enqueued, scheduled, expires, encoded) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")
                    .Run(queue, m.SequenceNumber, (int)m.State, m.DeliveryCount, m.SessionId, m.EnqueuedAt, m.ScheduledFor, m.ExpiresAt, m.Encoded);
                break;
            case JournalChange.MessageRemoved m:
                session.Prepare("DELETE FROM messages WHERE queue = ?1 AND number = ?2").Run(queue, m.SequenceNumber);
                break;
            case JournalChange.DeliveryCounted m:
                session
                    .Prepare("UPDATE messages SET deliveries = ?3 WHERE queue = ?1 AND number = ?2")
                    .Run(queue, m.SequenceNumber, m.DeliveryCount);
                break;
            case JournalChange.SessionStateSet { State: { } state } s:
                session.Prepare("INSERT OR REPLACE INTO sessions (queue, id, state) VALUES (?1, ?2, ?3)").Run(queue, s.SessionId, state);
                break;
            case JournalChange.SessionStateSet s:
                session.Prepare("DELETE FROM sessions WHERE queue = ?1 AND id = ?2").Run(queue, s.SessionId);
                break;
            case JournalChange.DuplicateIdKept d:
                session.Prepare("INSERT OR REPLACE INTO duplicates (queue, until, id) VALUES (?1, ?2, ?3)").Run(queue, d.Until, d.MessageId);
                break;
            case JournalChange.DuplicateIdsForgotten d:
                session.Prepare("DELETE FROM duplicates WHERE queue = ?1 AND until <= ?2").Run(queue, d.Until);
                break;
            case JournalChange.SequenceReserved s:
                session.Prepare("UPDATE queues SET next = ?2 WHERE id = ?1").Run(queue, s.Next);
                break;
            default:
                throw new NotSupportedException($"The journal does not know the change {change.GetType().Name}.");
        }
    }
}
