namespace Vivace.Sqlite;

/// <summary>A parameter's value, without boxing. Times are stored as Unix milliseconds, flags as 0 and 1.</summary>
internal readonly struct SqlValue
{
    private SqlValue(string? text) => (Text, IsNull) = (text, text is null);

    private SqlValue(long? number) => (Number, IsNumber, IsNull) = (number.GetValueOrDefault(), true, number is null);

    private SqlValue(double? real) => (Real, IsReal, IsNull) = (real.GetValueOrDefault(), true, real is null);

    private SqlValue(ReadOnlyMemory<byte> bytes) => (Bytes, IsBytes) = (bytes, true);

    public string? Text { get; }

    public ReadOnlyMemory<byte> Bytes { get; }

    public bool IsBytes { get; }

    public long Number { get; }

    public bool IsNumber { get; }

    public double Real { get; }

    public bool IsReal { get; }

    public bool IsNull { get; }

    public static implicit operator SqlValue(string? text) => new(text);

    public static implicit operator SqlValue(long number) => new(number);

    public static implicit operator SqlValue(int number) => new(number);

    public static implicit operator SqlValue(int? number) => new(number);

    public static implicit operator SqlValue(double? real) => new(real);

    public static implicit operator SqlValue(bool flag) => new(flag ? 1 : 0);

    public static implicit operator SqlValue(bool? flag) => new(flag is { } known ? known ? 1 : 0 : null);

    public static implicit operator SqlValue(ReadOnlyMemory<byte> bytes) => new(bytes);

    public static implicit operator SqlValue(DateTimeOffset? at) => new(at?.ToUnixTimeMilliseconds());

    public static implicit operator SqlValue(DateTimeOffset at) => new(at.ToUnixTimeMilliseconds());
}
