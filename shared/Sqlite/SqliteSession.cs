using SQLitePCL;

namespace Vivace.Sqlite;

/// <summary>A connection and its prepared statements. For one thread at a time.</summary>
internal sealed class SqliteSession(sqlite3 database) : IDisposable
{
    private readonly Dictionary<string, Statement> statements = new(StringComparer.Ordinal);

    /// <summary>The same by the text's reference: constants are one object, whose characters need not be read again.</summary>
    private readonly Dictionary<string, Statement> known = new(ReferenceEqualityComparer.Instance);

    /// <summary>The statement for a constant text, prepared once for the life of the session.</summary>
    public Statement Prepare(string sql)
    {
        if (known.TryGetValue(sql, out var statement))
        {
            return statement;
        }

        if (!statements.TryGetValue(sql, out statement))
        {
            statements[sql] = known[sql] = statement = new Statement(database, sql);
        }

        return statement;
    }

    /// <summary>Runs a script once, without keeping it prepared.</summary>
    public void Execute(string sql) => SqliteFault.ThrowUnlessOk(raw.sqlite3_exec(database, sql), database);

    public void Dispose()
    {
        foreach (var statement in statements.Values)
        {
            statement.Dispose();
        }

        database.Dispose();
    }
}
