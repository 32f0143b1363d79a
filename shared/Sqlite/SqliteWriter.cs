using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Vivace.Sqlite;

/// <summary>
/// The one writer. A write that finds writer and machine idle is committed at once, on the caller's thread. Where other work
/// waits for a thread, the commit queues behind it: what that work is about to write goes into the same group, and nothing
/// waits that could have run. A group that fails is rolled back, and each of its writes is then tried alone.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    /// <summary>
    /// Few enough that others go on with the first of a rush while the rest is written; a commit for more costs little less a write.
    /// </summary>
    private const int MaxGroup = 32;

    private readonly ConcurrentQueue<SqliteWork> queue = new();
    private readonly List<SqliteWork> writes = new(MaxGroup);
    private readonly SqliteReaders readers;
    private readonly SqliteSession session;
    private readonly SqliteTransaction transaction;
    private int busy;
    private int scheduled;
    private volatile bool disposed;

    public SqliteWriter(SqliteDatabase database, SqliteReaders readers)
    {
        this.readers = readers;
        session = database.OpenWriter();
        transaction = new SqliteTransaction(session);
    }

    /// <summary>Transactions committed so far.</summary>
    public long Commits => transaction.Commits;

    /// <summary>Runs a write in a transaction; complete when the transaction is committed.</summary>
    public ValueTask<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellation)
        => new(RunAsync(new SqliteWork<T>(work), cancellation));

    /// <summary>
    /// Runs a short read at once: on the writing connection while it is idle, whose page cache is always valid, else on
    /// another, whose cache the last commit made worthless, which still costs less than to wait for the group that runs.
    /// </summary>
    public ValueTask<T> ReadAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellation)
        => new(TryRead(work, cancellation, out var result) ? result : readers.Read(work, cancellation));

    public void Dispose()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        while (Interlocked.CompareExchange(ref busy, 1, 0) != 0)
        {
            Thread.Yield();
        }

        do
        {
            RunGroup();
        }
        while (!queue.IsEmpty);

        session.Dispose();
    }

    private Task<T> RunAsync<T>(SqliteWork<T> work, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(disposed, this);
        queue.Enqueue(work);
        if (ThreadPool.PendingWorkItemCount == 0)
        {
            RunNext();
        }
        else
        {
            Schedule();
        }

        // It may have come after the last group.
        ObjectDisposedException.ThrowIf(disposed && queue.Contains(work), this);
        return work.Completion;
    }

    private bool TryRead<T>(Func<SqliteSession, T> work, CancellationToken cancellation, out T result)
    {
        cancellation.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(disposed, this);
        result = default!;
        if (Interlocked.CompareExchange(ref busy, 1, 0) != 0)
        {
            return false;
        }

        try
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            result = work(session);
            return true;
        }
        catch (SqliteException e)
        {
            throw SqliteFault.Unavailable("could not be read", e);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Runs one group unless somebody else does; what has arrived by then is left to the thread pool.</summary>
    private void RunNext()
    {
        if (Interlocked.CompareExchange(ref busy, 1, 0) != 0)
        {
            return;
        }

        try
        {
            RunGroup();
        }
        finally
        {
            Leave();
        }
    }

    private void Leave()
    {
        // A full fence: the queue is looked at after the door is open, so whoever found it shut is seen here.
        Interlocked.Exchange(ref busy, 0);
        if (!queue.IsEmpty)
        {
            Schedule();
        }
    }

    private void Schedule()
    {
        if (Interlocked.Exchange(ref scheduled, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                static writer =>
                {
                    Interlocked.Exchange(ref writer.scheduled, 0);
                    writer.RunNext();
                },
                this,
                preferLocal: false);
        }
    }

    private void RunGroup()
    {
        while (writes.Count < MaxGroup && queue.TryDequeue(out var work))
        {
            writes.Add(work);
        }

        if (writes.Count > 0)
        {
            if (!transaction.TryBegin(out var fault))
            {
                FailAllThatWait(fault);
            }
            else if (!transaction.TryCommit(writes, out fault))
            {
                CommitAlone(fault);
            }
        }

        writes.Clear();
    }

    private void CommitAlone(Exception fault)
    {
        for (var i = 0; i < writes.Count; i++)
        {
            if (writes.Count > 1 && !transaction.TryBegin(out fault!))
            {
                writes.RemoveRange(0, i);
                FailAllThatWait(fault);
            }
            else if (writes.Count == 1 || !transaction.TryCommit([writes[i]], out fault!))
            {
                Fail(writes[i], fault);
            }
        }
    }

    /// <summary>
    /// Where no transaction begins, since another process keeps the database locked, no write is at fault, and each would wait as
    /// long again for the same answer.
    /// </summary>
    private void FailAllThatWait(Exception fault)
    {
        while (queue.TryDequeue(out var work))
        {
            writes.Add(work);
        }

        writes.ForEach(work => Fail(work, fault));
        writes.Clear();
    }

    private static void Fail(SqliteWork work, Exception fault)
        => work.Fail(fault is SqliteException e ? SqliteFault.Unavailable("did not take a write", e) : fault);
}
