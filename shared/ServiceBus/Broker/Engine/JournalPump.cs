namespace Vivace.ServiceBus.Broker.Engine;

/// <summary>
/// Writes to the journal in order, one write at a time; what comes meanwhile goes with the next. An idle pump writes at once.
/// What is appended together is written together: half of it would be a message remembered as sent and not kept.
/// </summary>
internal sealed partial class JournalPump(IBrokerJournal journal, ILogger logger) : IThreadPoolWorkItem
{
    /// <summary>After so many a write takes no more, but that it ends what it has begun.</summary>
    private const int MostChanges = 2000;

    private readonly Lock gate = new();
    private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Queue<Entry> pending = new();
    private bool running;
    private bool stopping;

    /// <summary>Takes changes over; the queue that calls holds its lock, which keeps their order.</summary>
    /// <param name="done">Told when they are durable, with the fault when they are not; on the pump's thread.</param>
    public void Append(ReadOnlySpan<JournalChange> changes, Action<Exception?>? done = null)
    {
        lock (gate)
        {
            if (stopping && !running)
            {
                // The connections are closed, so there is nobody to tell.
                return;
            }

            for (var i = 0; i < changes.Length - 1; i++)
            {
                pending.Enqueue(new Entry(changes[i], null, IsLast: false));
            }

            pending.Enqueue(new Entry(changes.IsEmpty ? null : changes[^1], done, IsLast: true));
            if (running)
            {
                return;
            }

            running = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Waits until all that was appended is written.</summary>
    public async Task StopAsync()
    {
        lock (gate)
        {
            stopping = true;
            if (!running)
            {
                return;
            }
        }

        await stopped.Task;
    }

    void IThreadPoolWorkItem.Execute() => _ = RunAsync();

    private async Task RunAsync()
    {
        var batch = new JournalBatch();
        while (Take(batch))
        {
            Exception? fault = null;
            try
            {
                if (batch.Changes.Count > 0)
                {
                    await journal.WriteAsync(batch.Changes, CancellationToken.None).ConfigureAwait(false);
                }
            }
            catch (Exception e)
            {
                Log.NotWritten(logger, e);
                fault = e;
            }

            batch.Tell(fault, logger);
        }
    }

    private bool Take(JournalBatch batch)
    {
        batch.Clear();
        lock (gate)
        {
            var isWhole = true;
            while ((batch.Count < MostChanges || !isWhole) && pending.TryDequeue(out var entry))
            {
                batch.Add(entry.Change, entry.Done);
                isWhole = entry.IsLast;
            }

            if (batch.Count > 0)
            {
                return true;
            }

            running = false;
            if (stopping)
            {
                stopped.TrySetResult();
            }

            return false;
        }
    }

    private readonly record struct Entry(JournalChange? Change, Action<Exception?>? Done, bool IsLast);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The broker's journal did not take a write; what waited for it is refused")]
        public static partial void NotWritten(ILogger logger, Exception fault);
    }
}
