using System.Collections.Concurrent;
using Vivace.ServiceBus.Broker;

namespace Vivace.Sqlite.Broker;

/// <summary>
/// Numbers of queues, which stand in every row in place of the name. Given once and never taken back: each is committed by a
/// write of its own before a row names it, so that none is known whose write was rolled back.
/// </summary>
internal sealed class QueueIds(SqliteWriter writer)
{
    private readonly ConcurrentDictionary<string, long> known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The number of a queue of changes that were made known.</summary>
    public long this[string queue] => known[queue];

    /// <summary>Gives a number to each queue of the changes that has none.</summary>
    public async ValueTask KnowAsync(IReadOnlyList<JournalChange> changes, CancellationToken cancellation)
    {
        for (var i = 0; i < changes.Count; i++)
        {
            var queue = changes[i].Queue;
            if (!known.ContainsKey(queue))
            {
                known[queue] = await writer.WriteAsync(session => Give(session, queue), cancellation);
            }
        }
    }

    private static long Give(SqliteSession session, string queue)
    {
        session.Prepare("INSERT INTO queues (name, next) SELECT ?1, 1 WHERE NOT EXISTS (SELECT 1 FROM queues WHERE name = ?1)").Run(queue);
        return session.Prepare("SELECT id FROM queues WHERE name = ?1").QuerySingle(row => row.Long(0), queue);
    }
}
