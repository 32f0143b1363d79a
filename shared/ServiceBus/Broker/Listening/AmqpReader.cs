using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>Reads AMQP 1.0 values in place (part 1 of the specification), so that messages need not be decoded as a whole.</summary>
internal ref struct AmqpReader(ReadOnlySpan<byte> bytes)
{
    /// <summary>Values described within one another; a peer's are not described at all, or once.</summary>
    private const int MostNested = 8;

    private readonly ReadOnlySpan<byte> bytes = bytes;

    public int Position { get; private set; }

    public readonly bool AtEnd => Position >= bytes.Length;

    /// <summary>The descriptor of a described value, a section as a rule.</summary>
    public byte Descriptor()
    {
        if (Byte() != 0)
        {
            throw Malformed();
        }

        return Byte() switch
        {
            0x53 => Byte(),
            0x80 => (byte)BinaryPrimitives.ReadUInt64BigEndian(Take(8)),
            _ => throw Malformed(),
        };
    }

    /// <summary>Enters a list or a map: the number of its elements, and where it ends.</summary>
    public (int Count, int End) Compound()
    {
        switch (Byte())
        {
            case 0x45:
                return (0, Position);
            case 0xC0 or 0xC1:
                var small = Byte();
                return (Byte(), End(Position - 1, small));
            case 0xD0 or 0xD1:
                var size = Size();
                return (Size(), End(Position - 4, size));
            default:
                throw Malformed();
        }
    }

    public void Skip() => Value();

    /// <summary>The next value's bytes, its constructor left out; a described value is skipped with its descriptor.</summary>
    public ReadOnlySpan<byte> Value()
    {
        var code = Byte();
        for (var nesting = 0; code == 0; nesting++)
        {
            if (nesting == MostNested)
            {
                throw Malformed();
            }

            // The descriptor, which is not described itself.
            Simple(Byte());
            code = Byte();
        }

        return Simple(code);
    }

    private ReadOnlySpan<byte> Simple(byte code)
        => (code >> 4) switch
        {
            0x4 => [],
            0x5 => Take(1),
            0x6 => Take(2),
            0x7 => Take(4),
            0x8 => Take(8),
            0x9 => Take(16),
            0xA or 0xC or 0xE => Take(Byte()),
            0xB or 0xD or 0xF => Take(Size()),
            _ => throw Malformed(),
        };

    /// <summary>A text, or another simple value in words; null for null.</summary>
    public string? Text()
    {
        var code = Peek();
        var value = Value();
        return code switch
        {
            0x40 => null,
            0xA1 or 0xB1 or 0xA3 or 0xB3 => Encoding.UTF8.GetString(value),
            0x98 => new Guid(value, bigEndian: true).ToString(),
            0x44 or 0x53 or 0x80 => Number(value).ToString(CultureInfo.InvariantCulture),
            _ => Convert.ToHexString(value),
        };
    }

    /// <summary>An unsigned number or a time; null for null.</summary>
    public ulong? Number()
    {
        var code = Peek();
        var value = Value();
        return code == 0x40 ? null : Number(value);
    }

    public bool Flag()
    {
        var code = Peek();
        var value = Value();
        return code == 0x41 || (code == 0x56 && value[0] != 0);
    }

    /// <summary>On, never back.</summary>
    public void MoveTo(int position) => Position = position >= Position && position <= bytes.Length ? position : throw Malformed();

    private static ulong Number(ReadOnlySpan<byte> value) => value.Length switch
    {
        0 => 0,
        1 => value[0],
        2 => BinaryPrimitives.ReadUInt16BigEndian(value),
        4 => BinaryPrimitives.ReadUInt32BigEndian(value),
        8 => BinaryPrimitives.ReadUInt64BigEndian(value),
        _ => throw Malformed(),
    };

    private readonly int End(int from, int size) => size <= bytes.Length - from ? from + size : throw Malformed();

    private static InvalidDataException Malformed() => new("The message is not well-formed AMQP.");

    private readonly byte Peek() => Position < bytes.Length ? bytes[Position] : throw Malformed();

    private byte Byte() => Position < bytes.Length ? bytes[Position++] : throw Malformed();

    private int Size()
    {
        var size = BinaryPrimitives.ReadInt32BigEndian(Take(4));
        return size >= 0 ? size : throw Malformed();
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > bytes.Length - Position)
        {
            throw Malformed();
        }

        var taken = bytes.Slice(Position, count);
        Position += count;
        return taken;
    }
}
