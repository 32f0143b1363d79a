namespace Vivace.Sqlite;

/// <summary>Where the database lies and how durable a commit is.</summary>
public sealed class SqliteOptions
{
    /// <summary>The folder of the database; made when missing.</summary>
    public required string Folder { get; init; }

    /// <summary>True: a commit survives loss of power. False: it survives a killed process.</summary>
    public bool SynchronousFull { get; init; }

    /// <summary>How long a write waits for another process to end its transaction, before it fails. Default: 10 s.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
