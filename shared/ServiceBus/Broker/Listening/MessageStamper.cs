namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>
/// Puts a stamp upon a stored message: header and annotations are written anew, properties and body are copied as they came.
/// </summary>
internal static class MessageStamper
{
    private const int StampSize = 200;
    private const byte Null = 0x40;
    private const byte DefaultPriority = 4;

    public static AmqpWriter Stamp(ReadOnlySpan<byte> encoded, in DeliveryStamp stamp)
    {
        var writer = new AmqpWriter(encoded.Length + StampSize);
        var reader = new AmqpReader(encoded);
        var annotations = (Count: 0, Start: 0, End: 0);
        var header = (Durable: false, Priority: (ulong?)null, Ttl: (ulong?)null);
        var rest = 0;
        while (!reader.AtEnd && reader.Descriptor() is var section && section < SectionCode.Properties)
        {
            switch (section)
            {
                case SectionCode.Header:
                    header = ReadHeader(ref reader);
                    break;
                case SectionCode.MessageAnnotations:
                    var (count, end) = reader.Compound();
                    annotations = (count, reader.Position, end);
                    reader.MoveTo(end);
                    break;
                default:
                    reader.Skip();
                    break;
            }

            rest = reader.Position;
        }

        WriteHeader(ref writer, header.Durable, header.Priority, header.Ttl, stamp.DeliveryCount);
        WriteAnnotations(ref writer, encoded, annotations, stamp);
        writer.Write(encoded[rest..]);
        return writer;
    }

    private static (bool Durable, ulong? Priority, ulong? Ttl) ReadHeader(ref AmqpReader reader)
    {
        var (count, end) = reader.Compound();
        var durable = count > 0 && reader.Flag();
        var priority = count > 1 ? reader.Number() : null;
        var ttl = count > 2 ? reader.Number() : null;
        reader.MoveTo(end);
        return (durable, priority, ttl);
    }

    private static void WriteHeader(ref AmqpWriter writer, bool durable, ulong? priority, ulong? ttl, int deliveryCount)
    {
        const byte list = 0xD0, trueValue = 0x41, falseValue = 0x42, ubyte = 0x50;
        writer.Section(SectionCode.Header);
        var begun = writer.Begin(list);
        writer.Byte(durable ? trueValue : falseValue);
        writer.Byte(ubyte);
        writer.Byte((byte)(priority ?? DefaultPriority));
        if (ttl is { } live)
        {
            writer.UInt((uint)live);
        }
        else
        {
            writer.Byte(Null);
        }

        writer.Byte(Null);
        writer.UInt((uint)deliveryCount);
        writer.End(begun, 5);
    }

    private static void WriteAnnotations(ref AmqpWriter writer, ReadOnlySpan<byte> encoded, (int Count, int Start, int End) own, in DeliveryStamp stamp)
    {
        const byte map = 0xD1;
        writer.Section(SectionCode.MessageAnnotations);
        var begun = writer.Begin(map);
        var count = CopyOwn(ref writer, encoded, own);
        writer.Symbol("x-opt-sequence-number"u8);
        writer.Long(stamp.SequenceNumber);
        writer.Symbol("x-opt-enqueued-time"u8);
        writer.Time(stamp.EnqueuedAt);
        writer.Symbol("x-opt-message-state"u8);
        writer.Int((int)stamp.State);
        count += 6;
        if (stamp.LockedUntil is { } until)
        {
            writer.Symbol("x-opt-locked-until"u8);
            writer.Time(until);
            count += 2;
        }

        if (stamp.DeadLetterSource is { } source)
        {
            writer.Symbol("x-opt-deadletter-source"u8);
            writer.Text(source);
            count += 2;
        }

        writer.End(begun, count);
    }

    /// <summary>Copies the sender's annotations, those left out that are the broker's to set.</summary>
    private static int CopyOwn(ref AmqpWriter writer, ReadOnlySpan<byte> encoded, (int Count, int Start, int End) own)
    {
        var reader = new AmqpReader(encoded);
        reader.MoveTo(own.Start);
        var copied = 0;
        for (var i = 0; i < own.Count; i += 2)
        {
            var start = reader.Position;
            var isBrokers = IsBrokers(reader.Value());
            reader.Skip();
            if (!isBrokers)
            {
                writer.Write(encoded[start..reader.Position]);
                copied += 2;
            }
        }

        return copied;
    }

    private static bool IsBrokers(ReadOnlySpan<byte> key)
        => key.SequenceEqual("x-opt-sequence-number"u8) || key.SequenceEqual("x-opt-enqueued-time"u8) || key.SequenceEqual("x-opt-message-state"u8)
            || key.SequenceEqual("x-opt-locked-until"u8) || key.SequenceEqual("x-opt-deadletter-source"u8);
}
