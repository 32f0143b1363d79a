using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using SQLitePCL;

namespace Vivace.Sqlite;

/// <summary>A prepared statement whose parameters are written <c>?1</c>, <c>?2</c>, ... in its text.</summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt owner;
    private readonly nint statement;

    public Statement(sqlite3 database, string sql)
    {
        this.database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out owner));
        statement = owner.DangerousGetHandle();
    }

    /// <summary>Runs it and says how many rows changed.</summary>
    public int Run(params ReadOnlySpan<SqlValue> values)
    {
        Bind(values);
        try
        {
            while (Step())
            {
            }

            return raw.sqlite3_changes(database);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>The first row, or the default when there is none. Changes are complete with the first row.</summary>
    public T? QuerySingle<T>(Func<Row, T> map, params ReadOnlySpan<SqlValue> values)
    {
        Bind(values);
        try
        {
            return Step() ? map(new Row(statement)) : default;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Every row.</summary>
    public List<T> Query<T>(Func<Row, T> map, params ReadOnlySpan<SqlValue> values)
    {
        Bind(values);
        try
        {
            var rows = new List<T>();
            while (Step())
            {
                rows.Add(map(new Row(statement)));
            }

            return rows;
        }
        finally
        {
            Reset();
        }
    }

    public void Dispose() => owner.Dispose();

    private bool Step()
    {
        var code = SqliteNative.Step(statement);
        if (code is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            Check(code);
        }

        return code == raw.SQLITE_ROW;
    }

    /// <summary>Repeats the step's fault, which has been thrown already.</summary>
    private void Reset() => _ = SqliteNative.Reset(statement);

    private void Bind(ReadOnlySpan<SqlValue> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            Check(value.IsNull ? SqliteNative.BindNull(statement, i + 1)
                : value.IsNumber ? SqliteNative.BindInt64(statement, i + 1, value.Number)
                : value.IsReal ? SqliteNative.BindDouble(statement, i + 1, value.Real)
                : value.IsBytes ? BindBytes(i + 1, value.Bytes.Span)
                : BindText(i + 1, value.Text!));
        }
    }

    private unsafe int BindBytes(int index, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            // An empty span has no address, and SQLite takes that for NULL.
            return SqliteNative.BindZeroBlob(statement, index, 0);
        }

        fixed (byte* start = bytes)
        {
            return SqliteNative.BindBlob(statement, index, start, bytes.Length, SqliteNative.Transient);
        }
    }

    [SkipLocalsInit]
    private unsafe int BindText(int index, string text)
    {
        const int onStack = 512;
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = most > onStack ? ArrayPool<byte>.Shared.Rent(most) : null;
        Span<byte> buffer = rented ?? stackalloc byte[onStack];
        var length = Encoding.UTF8.GetBytes(text, buffer);
        int code;
        fixed (byte* start = buffer)
        {
            code = SqliteNative.BindText(statement, index, start, length, SqliteNative.Transient);
        }

        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return code;
    }

    private void Check(int code) => SqliteFault.ThrowUnlessOk(code, database);
}
