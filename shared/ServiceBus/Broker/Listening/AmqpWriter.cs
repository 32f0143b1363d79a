using System.Buffers.Binary;
using System.Text;
using Amqp;

namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>Writes the few AMQP 1.0 values that the broker adds to messages.</summary>
internal struct AmqpWriter(int capacity)
{
    private byte[] bytes = new byte[capacity];

    public int Position { get; private set; } = 0;

    public void Section(byte descriptor) => Write([0x00, 0x53, descriptor]);

    public void Byte(byte value) => Grow(1)[0] = value;

    public void Write(ReadOnlySpan<byte> value) => value.CopyTo(Grow(value.Length));

    public void UInt(uint value)
    {
        Byte(0x70);
        BinaryPrimitives.WriteUInt32BigEndian(Grow(4), value);
    }

    public void Int(int value)
    {
        Byte(0x71);
        BinaryPrimitives.WriteInt32BigEndian(Grow(4), value);
    }

    public void Long(long value)
    {
        Byte(0x81);
        BinaryPrimitives.WriteInt64BigEndian(Grow(8), value);
    }

    public void Time(DateTimeOffset value)
    {
        Byte(0x83);
        BinaryPrimitives.WriteInt64BigEndian(Grow(8), value.ToUnixTimeMilliseconds());
    }

    public void Symbol(ReadOnlySpan<byte> value)
    {
        Byte(0xA3);
        Byte((byte)value.Length);
        Write(value);
    }

    public void Text(string value)
    {
        Byte(0xB1);
        var length = Encoding.UTF8.GetByteCount(value);
        BinaryPrimitives.WriteInt32BigEndian(Grow(4), length);
        Encoding.UTF8.GetBytes(value, Grow(length));
    }

    /// <summary>Begins a list or a map whose size and count follow when they are known.</summary>
    public int Begin(byte code)
    {
        Byte(code);
        Grow(8);
        return Position;
    }

    public readonly void End(int begun, int count)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(begun - 8), Position - begun + 4);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(begun - 4), count);
    }

    public readonly ByteBuffer ToBuffer() => new(bytes, 0, Position, bytes.Length);

    public readonly ReadOnlyMemory<byte> ToMemory() => bytes.AsMemory(0, Position);

    private Span<byte> Grow(int count)
    {
        if (bytes.Length - Position < count)
        {
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Position + count));
        }

        var span = bytes.AsSpan(Position, count);
        Position += count;
        return span;
    }
}
