namespace Vivace.ServiceBus.Broker.Engine;

/// <summary>Changes of one write and who waits for them.</summary>
internal sealed partial class JournalBatch
{
    private readonly List<JournalChange> changes = [];
    private readonly List<Action<Exception?>> waiting = [];
    private readonly Dictionary<(string Queue, long SequenceNumber), int> counts = [];

    public int Count { get; private set; }

    public IReadOnlyList<JournalChange> Changes => changes;

    public void Clear()
    {
        Count = 0;
        changes.Clear();
        waiting.Clear();
        counts.Clear();
    }

    public void Add(JournalChange? change, Action<Exception?>? done)
    {
        Count++;
        if (done is not null)
        {
            waiting.Add(done);
        }

        switch (change)
        {
            case null:
                return;
            case JournalChange.DeliveryCounted count:
                AddCount(count);
                return;
            case JournalChange.MessageRemoved removed when counts.Remove((removed.Queue, removed.SequenceNumber), out var index):
                // A count of a message that is gone by the end of the same write need not be written.
                changes[index] = removed;
                return;
            case JournalChange.MessagePut put:
                // It carries the count; one that comes after it is another change.
                counts.Remove((put.Message.Queue, put.Message.SequenceNumber));
                changes.Add(put);
                return;
            default:
                changes.Add(change);
                return;
        }
    }

    /// <summary>Every waiter is told, whatever another one throws.</summary>
    public void Tell(Exception? fault, ILogger logger)
    {
        foreach (var done in waiting)
        {
            try
            {
                done(fault);
            }
            catch (Exception e)
            {
                Log.WaiterFailed(logger, e);
            }
        }
    }

    private void AddCount(JournalChange.DeliveryCounted count)
    {
        if (counts.TryGetValue((count.Queue, count.SequenceNumber), out var index))
        {
            changes[index] = count;
            return;
        }

        counts[(count.Queue, count.SequenceNumber)] = changes.Count;
        changes.Add(count);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "What followed a write of the broker's journal failed")]
        public static partial void WaiterFailed(ILogger logger, Exception fault);
    }
}
