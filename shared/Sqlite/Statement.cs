using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Vivace.Sqlite;

/// <summary>A prepared statement whose parameters are written <c>$1</c>, <c>$2</c>, ... in its text.</summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand command;

    public Statement(SqliteConnection connection, string sql)
    {
        command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 1; sql.Contains(string.Create(CultureInfo.InvariantCulture, $"${i}"), StringComparison.Ordinal); i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = string.Create(CultureInfo.InvariantCulture, $"${i}") });
        }

        command.Prepare();
    }

    /// <summary>Runs it and says how many rows changed.</summary>
    public int Run(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return command.ExecuteNonQuery();
    }

    /// <summary>The first row, or the default when there is none.</summary>
    public T? QuerySingle<T>(Func<Row, T> map, params ReadOnlySpan<object?> values)
    {
        Bind(values);
        using var reader = command.ExecuteReader();
        return reader.Read() ? map(new Row(reader)) : default;
    }

    /// <summary>Every row.</summary>
    public List<T> Query<T>(Func<Row, T> map, params ReadOnlySpan<object?> values)
    {
        Bind(values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(map(new Row(reader)));
        }

        return rows;
    }

    public void Dispose() => command.Dispose();

    private void Bind(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] switch
            {
                null => DBNull.Value,
                DateTimeOffset at => at.ToUnixTimeMilliseconds(),
                bool flag => flag ? 1L : 0L,
                Enum value => Convert.ToInt64(value, CultureInfo.InvariantCulture),
                var value => value,
            };
        }
    }
}
