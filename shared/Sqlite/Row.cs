using System.Text;
using SQLitePCL;

namespace Vivace.Sqlite;

/// <summary>Reads the columns of the current row by position, as long as its statement stands on it.</summary>
internal readonly struct Row(nint statement)
{
    /// <summary>By its bytes, since text may hold NUL characters.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(Span(column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public byte[] Bytes(int column) => Span(column).ToArray();

    public int Int(int column) => (int)Long(column);

    public int? IntOrNull(int column) => IsNull(column) ? null : Int(column);

    public long Long(int column) => SqliteNative.ColumnInt64(statement, column);

    public double Real(int column) => SqliteNative.ColumnDouble(statement, column);

    public bool Flag(int column) => Long(column) != 0;

    public DateTimeOffset Time(int column) => DateTimeOffset.FromUnixTimeMilliseconds(Long(column));

    public DateTimeOffset? TimeOrNull(int column) => IsNull(column) ? null : Time(column);

    private bool IsNull(int column) => SqliteNative.ColumnType(statement, column) == raw.SQLITE_NULL;

    private unsafe ReadOnlySpan<byte> Span(int column)
    {
        var start = SqliteNative.ColumnBlob(statement, column);
        return new(start, start is null ? 0 : SqliteNative.ColumnBytes(statement, column));
    }
}
