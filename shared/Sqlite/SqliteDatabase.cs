using SQLitePCL;

namespace Vivace.Sqlite;

/// <summary>Opens connections to a database file and brings its schema up to date.</summary>
internal sealed class SqliteDatabase
{
    private const int ConfigMemoryStatistics = 9;

    /// <summary>
    /// Pages in the log before a commit copies them into the database, which most often the checkpointer has done by then.
    /// Larger than SQLite's 1,000, since most pages are written again and again; the log grows to about 32 MB.
    /// </summary>
    private const int CheckpointPages = 8000;

    /// <summary>A commit makes it worthless, so that it needs to hold no more than one question reads.</summary>
    private const int ReaderCacheKb = 256;

    private readonly SqliteOptions options;
    private readonly string schema;

    static SqliteDatabase()
    {
        NativeHeap.KeepSpare();
        Batteries_V2.Init();

        // Nobody reads the statistics, and their mutex is taken for every allocation. Refused when SQLite runs already.
        _ = raw.sqlite3_config(ConfigMemoryStatistics, 0);
    }

    /// <param name="file">Its name in the folder.</param>
    /// <param name="schema">The prefix of its schema's scripts.</param>
    public SqliteDatabase(SqliteOptions options, string file = "vivace.db", string schema = "schema")
    {
        this.options = options;
        this.schema = schema;
        Directory.CreateDirectory(options.Folder);
        Path = System.IO.Path.Combine(options.Folder, file);
    }

    public string Path { get; }

    public SqliteSession OpenWriter()
    {
        var session = Open(raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);
        session.Execute("PRAGMA journal_mode = WAL");
        session.Execute($"PRAGMA synchronous = {(options.SynchronousFull ? "FULL" : "NORMAL")}");
        session.Execute($"PRAGMA wal_autocheckpoint = {CheckpointPages}");
        SchemaMigration.Apply(session, Path, schema);
        return session;
    }

    public SqliteSession OpenForCheckpoints() => Open(raw.SQLITE_OPEN_READWRITE);

    public SqliteSession OpenReader()
    {
        var session = Open(raw.SQLITE_OPEN_READONLY);
        session.Execute($"PRAGMA cache_size = -{ReaderCacheKb}");
        return session;
    }

    /// <summary>Without SQLite's own mutexes: a session is used by one thread at a time.</summary>
    private SqliteSession Open(int flags)
    {
        var code = raw.sqlite3_open_v2(Path, out var database, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        if (code != raw.SQLITE_OK)
        {
            database.Dispose();
            SqliteFault.ThrowUnlessOk(code, null);
        }

        SqliteFault.ThrowUnlessOk(raw.sqlite3_busy_timeout(database, (int)options.BusyTimeout.TotalMilliseconds), database);
        return new SqliteSession(database);
    }
}
