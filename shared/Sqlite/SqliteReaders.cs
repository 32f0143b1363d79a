using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Vivace.Runtime.Storage;

namespace Vivace.Sqlite;

/// <summary>
/// Reads run where they are asked for, on the writing connection while it is idle, else on a pooled one of their own.
/// </summary>
internal sealed class SqliteReaders(SqliteDatabase database, SqliteWriter writer) : IDisposable
{
    private readonly ConcurrentBag<SqliteSession> idle = [];

    public T Read<T>(Func<SqliteSession, T> work, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            if (writer.TryRead(work, out var result))
            {
                return result;
            }

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
            throw new StoreUnavailableException($"The database could not be read (SQLite error {e.SqliteErrorCode}).", e);
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
