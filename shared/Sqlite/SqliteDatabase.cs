using Microsoft.Data.Sqlite;

namespace Vivace.Sqlite;

/// <summary>Opens connections to the one database file and brings its schema up to date.</summary>
internal sealed class SqliteDatabase
{
    private readonly SqliteOptions options;

    public SqliteDatabase(SqliteOptions options)
    {
        this.options = options;
        Directory.CreateDirectory(options.Folder);
        Path = System.IO.Path.Combine(options.Folder, "vivace.db");
    }

    public string Path { get; }

    public SqliteSession OpenWriter()
    {
        var session = Open(SqliteOpenMode.ReadWriteCreate);
        session.Execute("PRAGMA journal_mode = WAL");
        session.Execute($"PRAGMA synchronous = {(options.SynchronousFull ? "FULL" : "NORMAL")}");
        SchemaMigration.Apply(session, Path);
        return session;
    }

    public SqliteSession OpenReader() => Open(SqliteOpenMode.ReadOnly);

    private SqliteSession Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = 10,
        }.ToString());
        connection.Open();
        var session = new SqliteSession(connection);
        session.Execute("PRAGMA busy_timeout = 5000");
        return session;
    }
}
