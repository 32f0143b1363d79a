namespace Vivace.Sqlite.Broker;

/// <summary>Numbers of queues, which stand in every row in place of the name. Given once and never taken back.</summary>
internal sealed class QueueIds
{
    private readonly Dictionary<string, long> known = new(StringComparer.OrdinalIgnoreCase);

    public long Of(SqliteSession session, string name)
    {
        if (known.TryGetValue(name, out var id))
        {
            return id;
        }

        // Not remembered when it is made here, since the transaction may yet be rolled back.
        if (Find(session, name) is { } found)
        {
            return known[name] = found;
        }

        session.Prepare("INSERT INTO queues (name, next) VALUES (?1, 1)").Run(name);
        return Find(session, name)!.Value;
    }

    private static long? Find(SqliteSession session, string name)
        => session.Prepare("SELECT id FROM queues WHERE name = ?1").QuerySingle(row => (long?)row.Long(0), name);
}
