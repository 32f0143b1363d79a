using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Vivace.Runtime.Storage;

namespace Vivace.Sqlite;

/// <summary>
/// The one writer. Writes that wait are committed together; an idle writer commits at once, so grouping costs no latency.
/// A write that fails is rolled back with its group, and each of the group is then tried alone.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int MaxGroup = 256;

    private readonly Channel<IWrite> queue = Channel.CreateUnbounded<IWrite>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SqliteSession session;
    private readonly Task loop;

    public SqliteWriter(SqliteDatabase database)
    {
        session = database.OpenWriter();
        loop = Task.Run(RunAsync);
    }

    /// <summary>Runs a write in a transaction; complete when the transaction is committed.</summary>
    public async ValueTask<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var write = new Write<T>(work);
        ObjectDisposedException.ThrowIf(!queue.Writer.TryWrite(write), this);

        return await write.Completion;
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop;
        session.Dispose();
    }

    private async Task RunAsync()
    {
        var group = new List<IWrite>(MaxGroup);
        while (await queue.Reader.WaitToReadAsync())
        {
            while (group.Count < MaxGroup && queue.Reader.TryRead(out var write))
            {
                group.Add(write);
            }

            if (!TryCommit(group, out var fault))
            {
                CommitAlone(group, fault!);
            }

            group.Clear();
        }
    }

    private void CommitAlone(List<IWrite> group, Exception fault)
    {
        foreach (var write in group)
        {
            if (group.Count == 1 || !TryCommit([write], out fault!))
            {
                write.Fail(fault is SqliteException e ? new StoreUnavailableException($"The database did not take a write (SQLite error {e.SqliteErrorCode}).", e) : fault);
            }
        }
    }

    private bool TryCommit(List<IWrite> group, out Exception? fault)
    {
        try
        {
            session.Prepare("BEGIN IMMEDIATE").Run();
            foreach (var write in group)
            {
                write.Execute(session);
            }

            session.Prepare("COMMIT").Run();
        }
        catch (Exception e)
        {
            fault = e;
            RollBack();
            return false;
        }

        foreach (var write in group)
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
