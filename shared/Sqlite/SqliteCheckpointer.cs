using Microsoft.Data.Sqlite;

namespace Vivace.Sqlite;

/// <summary>
/// Copies the log into the database beside the writer, so that commits do not wait for it: a passive checkpoint lets writes
/// go on. What it leaves, a commit copies when the log has grown to the writer's own limit, and the log begins anew.
/// </summary>
internal sealed class SqliteCheckpointer : IDisposable
{
    /// <summary>Commits that are worth a checkpoint; fewer are left to the writer's limit and to closing.</summary>
    private const long WorthIt = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly SqliteWriter writer;
    private readonly SqliteSession session;
    private readonly PeriodicTimer timer = new(Interval);
    private readonly Task loop;

    public SqliteCheckpointer(SqliteDatabase database, SqliteWriter writer)
    {
        this.writer = writer;
        session = database.OpenForCheckpoints();
        loop = Task.Run(RunAsync);
    }

    public void Dispose()
    {
        timer.Dispose();
        loop.GetAwaiter().GetResult();
        session.Dispose();
    }

    private async Task RunAsync()
    {
        for (var done = 0L; await timer.WaitForNextTickAsync();)
        {
            var commits = writer.Commits;
            if (commits - done < WorthIt)
            {
                continue;
            }

            done = commits;
            try
            {
                session.Prepare("PRAGMA wal_checkpoint(PASSIVE)").Run();
            }
            catch (SqliteException)
            {
                // Another process is at it; the writer's own limit remains.
            }
        }
    }
}
