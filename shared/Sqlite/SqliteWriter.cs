using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Vivace.Sqlite;

/// <summary>
/// The one writer. A write is made at once, in the transaction that is open, where nobody else is at the connection, else by
/// the next commit; it is complete when that transaction is committed. On an idle machine that is at once, on the caller's
/// thread. Where other work waits for a thread, the commit queues behind it: what that work is about to write goes into the
/// same transaction, and nothing waits that could have run. A transaction that fails is rolled back, and each of its writes is
/// then tried alone.
/// </summary>
internal sealed class SqliteWriter(SqliteDatabase database, SqliteReaders readers) : IDisposable
{
    private const int MaxGroup = 256;

    private readonly ConcurrentQueue<SqliteWork> queue = new();
    private readonly List<SqliteWork> joined = new(MaxGroup);
    private readonly SqliteSession session = database.OpenWriter();
    private int busy;
    private int scheduled;
    private bool open;
    private long commits;
    private volatile bool disposed;

    /// <summary>Transactions committed so far.</summary>
    public long Commits => Volatile.Read(ref commits);

    /// <summary>Runs a write in a transaction; complete when the transaction is committed.</summary>
    public ValueTask<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(disposed, this);
        var write = new SqliteWork<T>(work);
        if (!queue.IsEmpty || !TryEnter())
        {
            queue.Enqueue(write);
            Schedule();

            // It may have come after the last commit.
            ObjectDisposedException.ThrowIf(disposed && queue.Contains(write), this);
            return new(write.Completion);
        }

        try
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            Join(write);
            if (ThreadPool.PendingWorkItemCount == 0)
            {
                Commit();
            }
        }
        finally
        {
            Leave();
        }

        return new(write.Completion);
    }

    /// <summary>
    /// Runs a short read of what is committed, at once: on the writing connection while that is idle, whose page cache is always
    /// valid, else on another, whose cache the last commit made worthless, which still costs less than to wait.
    /// </summary>
    public ValueTask<T> ReadAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellation)
        => new(TryRead(work, ahead: false, cancellation, out var result) ? result : readers.Read(work, cancellation));

    /// <summary>
    /// The same where the read may see what is about to be committed: nothing of it leaves the process before something is
    /// written on this connection, and that is committed no earlier than what was seen.
    /// </summary>
    public ValueTask<T> ReadAheadAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellation)
        => new(TryRead(work, ahead: true, cancellation, out var result) ? result : readers.Read(work, cancellation));

    public void Dispose()
    {
        disposed = true;
        while (!TryEnter())
        {
            Thread.Yield();
        }

        do
        {
            JoinWaiting();
            Commit();
        }
        while (!queue.IsEmpty);

        session.Dispose();
    }

    private bool TryRead<T>(Func<SqliteSession, T> work, bool ahead, CancellationToken cancellation, out T result)
    {
        cancellation.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(disposed, this);
        result = default!;
        if (!TryEnter())
        {
            return false;
        }

        try
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (open && !ahead)
            {
                return false;
            }

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

    /// <summary>Commits what is open and what has come since, unless somebody is at the connection, who then asks for it again.</summary>
    private void CommitNext()
    {
        if (!TryEnter())
        {
            return;
        }

        try
        {
            JoinWaiting();
            Commit();
        }
        finally
        {
            Leave();
        }
    }

    private bool TryEnter() => Interlocked.CompareExchange(ref busy, 1, 0) == 0;

    private void Leave()
    {
        var pending = open;

        // A full fence: the queue is looked at after the door is open, so whoever found it shut is seen here.
        Interlocked.Exchange(ref busy, 0);
        if (pending || !queue.IsEmpty)
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
                    writer.CommitNext();
                },
                this,
                preferLocal: false);
        }
    }

    private void JoinWaiting()
    {
        while (joined.Count < MaxGroup && queue.TryDequeue(out var work))
        {
            Join(work);
        }
    }

    /// <summary>Makes the write in the transaction that is open, or opens one.</summary>
    private void Join(SqliteWork work)
    {
        joined.Add(work);
        try
        {
            if (!open)
            {
                session.Prepare("BEGIN IMMEDIATE").Run();
                open = true;
            }

            work.Execute(session);
        }
        catch (Exception e)
        {
            RollBack();
            CommitAlone(e);
            return;
        }

        if (joined.Count == MaxGroup)
        {
            Commit();
        }
    }

    private void Commit()
    {
        if (!open)
        {
            return;
        }

        try
        {
            session.Prepare("COMMIT").Run();
        }
        catch (Exception e)
        {
            RollBack();
            CommitAlone(e);
            return;
        }

        Committed();
        foreach (var write in joined)
        {
            write.Succeed();
        }

        joined.Clear();
    }

    private void CommitAlone(Exception fault)
    {
        foreach (var write in joined)
        {
            if (joined.Count > 1 && TryAlone(write, out fault!))
            {
                write.Succeed();
            }
            else
            {
                write.Fail(fault is SqliteException e ? SqliteFault.Unavailable("did not take a write", e) : fault);
            }
        }

        joined.Clear();
    }

    private bool TryAlone(SqliteWork write, out Exception? fault)
    {
        try
        {
            session.Prepare("BEGIN IMMEDIATE").Run();
            open = true;
            write.Execute(session);
            session.Prepare("COMMIT").Run();
        }
        catch (Exception e)
        {
            fault = e;
            RollBack();
            return false;
        }

        Committed();
        fault = null;
        return true;
    }

    private void Committed()
    {
        open = false;
        Volatile.Write(ref commits, commits + 1);
    }

    private void RollBack()
    {
        open = false;
        try
        {
            session.Prepare("ROLLBACK").Run();
        }
        catch (SqliteException)
        {
            // SQLite had rolled back by itself, or the transaction had never begun.
        }
    }
}
