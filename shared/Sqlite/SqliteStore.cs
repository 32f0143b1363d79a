using Vivace.Rollouts.Storage;
using Vivace.Runtime.Storage;
using Vivace.Sqlite.Conversations;
using Vivace.Sqlite.Evaluations;
using Vivace.Sqlite.Facts;
using Vivace.Sqlite.Rollouts;
using Vivace.Sqlite.Turns;

namespace Vivace.Sqlite;

/// <summary>The store of one machine: one SQLite file, write-ahead logged, one writer, any number of readers.</summary>
public sealed class SqliteStore : IDisposable
{
    private readonly SqliteWriter writer;
    private readonly SqliteReaders readers;
    private readonly SqliteCheckpointer checkpointer;

    /// <summary>Opens the database, making it or bringing it up to date.</summary>
    /// <exception cref="InvalidDataException">A newer version of the program wrote it.</exception>
    public SqliteStore(SqliteOptions options)
    {
        var database = new SqliteDatabase(options);
        readers = new SqliteReaders(database);
        writer = new SqliteWriter(database, readers);
        checkpointer = new SqliteCheckpointer(database, writer);
        Conversations = new SqliteConversationStore(writer, readers);
        Turns = new SqliteTurnStore(writer);
        Facts = new SqliteFactStore(writer);
        Evaluations = new SqliteEvaluationStore(writer, readers);
        Rollouts = new SqliteRolloutStore(writer, readers);
    }

    public IConversationStore Conversations { get; }

    public ITurnStore Turns { get; }

    public IFactStore Facts { get; }

    public IEvaluationStore Evaluations { get; }

    public IRolloutStore Rollouts { get; }

    /// <summary>Whether the database takes a write and a read at present.</summary>
    public async ValueTask<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await writer.WriteAsync(Rewrite, cancellationToken)
                && readers.Read(session => Version(session) > 0, cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }

    /// <summary>Writes its own number once more: a page, as a message does, which a full disk does not take.</summary>
    private static bool Rewrite(SqliteSession session)
    {
        var version = Version(session);
        session.Prepare($"PRAGMA user_version = {version}").Run();
        return version > 0;
    }

    private static int Version(SqliteSession session) => session.Prepare("PRAGMA user_version").QuerySingle(row => row.Int(0));

    /// <summary>Gives memory that SQLite has freed back to the system; for a process at rest, since it takes some milliseconds.</summary>
    public static void TrimMemory() => NativeHeap.Trim();

    /// <inheritdoc/>
    public void Dispose()
    {
        checkpointer.Dispose();
        writer.Dispose();
        readers.Dispose();
    }
}
