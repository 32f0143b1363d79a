using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Vivace.Runtime.Storage;

namespace Vivace.Sqlite;

/// <summary>
/// The one writer. A write that finds it idle is committed at once, on the caller's thread; writes that arrive meanwhile
/// are committed together right after, so that grouping costs no latency. A group that fails is rolled back, and each of
/// its writes is then tried alone.
/// </summary>
internal sealed class SqliteWriter(SqliteDatabase database) : IDisposable
{
    private const int MaxGroup = 256;

    private readonly ConcurrentQueue<IWrite> queue = new();
    private readonly List<IWrite> group = new(MaxGroup);
    private readonly SqliteSession session = database.OpenWriter();
    private int busy;
    private long commits;
    private volatile bool disposed;

    /// <summary>Transactions committed so far.</summary>
    public long Commits => Volatile.Read(ref commits);

    /// <summary>Runs a write in a transaction; complete when the transaction is committed.</summary>
    public async ValueTask<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(disposed, this);
        var write = new Write<T>(work);
        queue.Enqueue(write);
        CommitNext();

        // It may have come after the last commit.
        ObjectDisposedException.ThrowIf(disposed && queue.Contains(write), this);
        return await write.Completion;
    }

    /// <summary>
    /// Runs a read on the writing connection if it is idle. Its page cache is always valid, while a commit invalidates those
    /// of all other connections.
    /// </summary>
    public bool TryRead<T>(Func<SqliteSession, T> work, out T result)
    {
        result = default!;
        if (disposed || Interlocked.CompareExchange(ref busy, 1, 0) != 0)
        {
            return false;
        }

        try
        {
            if (disposed)
            {
                return false;
            }

            result = work(session);
            return true;
        }
        finally
        {
            Leave();
        }
    }

    public void Dispose()
    {
        disposed = true;
        while (Interlocked.CompareExchange(ref busy, 1, 0) != 0)
        {
            Thread.Yield();
        }

        do
        {
            CommitGroup();
        }
        while (!queue.IsEmpty);

        session.Dispose();
    }

    /// <summary>Commits one group unless somebody else does; what has arrived by then is left to the thread pool.</summary>
    private void CommitNext()
    {
        if (Interlocked.CompareExchange(ref busy, 1, 0) != 0)
        {
            return;
        }

        try
        {
            CommitGroup();
        }
        finally
        {
            Leave();
        }
    }

    private void Leave()
    {
        // A full fence: the queue is looked at after the door is open, so a write that found it shut is seen here.
        Interlocked.Exchange(ref busy, 0);
        if (!queue.IsEmpty)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static writer => writer.CommitNext(), this, preferLocal: false);
        }
    }

    private void CommitGroup()
    {
        while (group.Count < MaxGroup && queue.TryDequeue(out var write))
        {
            group.Add(write);
        }

        if (group.Count > 0 && !TryCommit(group, out var fault))
        {
            CommitAlone(fault!);
        }

        group.Clear();
    }

    private void CommitAlone(Exception fault)
    {
        foreach (var write in group)
        {
            if (group.Count == 1 || !TryCommit([write], out fault!))
            {
                write.Fail(fault is SqliteException e ? new StoreUnavailableException($"The database did not take a write (SQLite error {e.SqliteErrorCode}).", e) : fault);
            }
        }
    }

    private bool TryCommit(List<IWrite> writes, out Exception? fault)
    {
        try
        {
            session.Prepare("BEGIN IMMEDIATE").Run();
            foreach (var write in writes)
            {
                write.Execute(session);
            }

            session.Prepare("COMMIT").Run();
            Volatile.Write(ref commits, commits + 1);
        }
        catch (Exception e)
        {
            fault = e;
            RollBack();
            return false;
        }

        foreach (var write in writes)
        {
            write.Succeed();
        }

        fault = null;
        return true;
    }

    private void RollBack()
    {
        try
        {
            session.Prepare("ROLLBACK").Run();
        }
        catch (SqliteException)
        {
            // SQLite had rolled back by itself, or the transaction had never begun.
        }
    }

    private interface IWrite
    {
        void Execute(SqliteSession session);

        void Succeed();

        void Fail(Exception fault);
    }

    private sealed class Write<T>(Func<SqliteSession, T> work) : IWrite
    {
        private readonly TaskCompletionSource<T> source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T result = default!;

        public Task<T> Completion => source.Task;

        public void Execute(SqliteSession session) => result = work(session);

        public void Succeed() => source.SetResult(result);

        public void Fail(Exception fault) => source.SetException(fault);
    }
}
