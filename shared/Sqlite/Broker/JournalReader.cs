using Vivace.ServiceBus.Broker;

namespace Vivace.Sqlite.Broker;

/// <summary>Reads everything back.</summary>
internal static class JournalReader
{
    public static BrokerSnapshot Read(SqliteSession session)
    {
        var names = session.Prepare("SELECT id, name, next FROM queues").Query(row => (Id: row.Long(0), Name: row.Text(1), Next: row.Long(2)));
        var nameOf = names.ToDictionary(q => q.Id, q => q.Name);
        return new BrokerSnapshot
        {
            Sequences = [.. names.Select(q => new JournalChange.SequenceReserved(q.Name, q.Next))],
            Messages = session
                .Prepare("SELECT queue, number, state, deliveries, session, enqueued, scheduled, expires, encoded FROM messages ORDER BY queue, number")
                .Query(row => Message(row, nameOf)),
            SessionStates = session
                .Prepare("SELECT queue, id, state FROM sessions")
                .Query(row => new JournalChange.SessionStateSet(nameOf[row.Long(0)], row.Text(1), row.Bytes(2))),
            DuplicateIds = session
                .Prepare("SELECT queue, id, until FROM duplicates ORDER BY queue, until")
                .Query(row => new JournalChange.DuplicateIdKept(nameOf[row.Long(0)], row.Text(1), row.Time(2))),
        };
    }

    private static StoredMessage Message(Row row, Dictionary<long, string> nameOf) => new(
        nameOf[row.Long(0)],
        row.Long(1),
        (StoredMessageState)row.Int(2),
        row.TextOrNull(4),
        row.Bytes(8),
        row.Time(5),
        row.TimeOrNull(6),
        row.TimeOrNull(7),
        row.Int(3));
}
