using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Vivace.Sqlite;

/// <summary>Reads on connections of their own, where they are asked for: those whose length depends on the question, and short ones while the writer is busy.</summary>
internal sealed class SqliteReaders(SqliteDatabase database) : IDisposable
{
    private readonly ConcurrentBag<SqliteSession> idle = [];

    public T Read<T>(Func<SqliteSession, T> work, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            var session = idle.TryTake(out var pooled) ? pooled : database.OpenReader();
            try
            {
                return work(session);
            }
            finally
            {
                idle.Add(session);
            }
        }
        catch (SqliteException e)
        {
            throw SqliteFault.Unavailable("could not be read", e);
        }
    }

    public void Dispose()
    {
        while (idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }
}
