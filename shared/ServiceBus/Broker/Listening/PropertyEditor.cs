using System.Text;
using Amqp;
using Vivace.ServiceBus.Broker.Engine;
using Vivace.ServiceBus.Wire;

namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>Sets application properties of an encoded message; everything else is copied as it is.</summary>
internal static class PropertyEditor
{
    public static ReadOnlyMemory<byte> MarkDead(ReadOnlyMemory<byte> encoded, DeadLetterReason reason)
        => Set(encoded, [new(AmqpNames.DeadLetter.Reason, reason.Reason), new(AmqpNames.DeadLetter.ErrorDescription, reason.Description)]);

    public static ReadOnlyMemory<byte> Set(ReadOnlyMemory<byte> encoded, IReadOnlyList<KeyValuePair<string, object?>> properties)
    {
        const byte map = 0xD1;
        var span = encoded.Span;
        var (at, old) = Find(span);
        var writer = new AmqpWriter(span.Length + 256);
        writer.Write(span[..at]);
        writer.Section(SectionCode.ApplicationProperties);
        var begun = writer.Begin(map);
        var count = CopyOthers(ref writer, span, old, properties);
        foreach (var (key, value) in properties)
        {
            writer.Text(key);
            writer.Write(Encoded(value));
        }

        writer.End(begun, count + (2 * properties.Count));
        writer.Write(span[old.End..]);
        return writer.ToMemory();
    }

    /// <summary>Where the section stands or belongs, and its entries; without one the count is 0 and it ends where it begins.</summary>
    private static (int At, (int Count, int Start, int End) Old) Find(ReadOnlySpan<byte> span)
    {
        var reader = new AmqpReader(span);
        while (!reader.AtEnd)
        {
            var at = reader.Position;
            var section = reader.Descriptor();
            if (section == SectionCode.ApplicationProperties)
            {
                var (count, end) = reader.Compound();
                return (at, (count, reader.Position, end));
            }

            if (section > SectionCode.ApplicationProperties)
            {
                return (at, (0, at, at));
            }

            reader.Skip();
        }

        return (span.Length, (0, span.Length, span.Length));
    }

    private static int CopyOthers(
        ref AmqpWriter writer, ReadOnlySpan<byte> span, (int Count, int Start, int End) old, IReadOnlyList<KeyValuePair<string, object?>> properties)
    {
        var reader = new AmqpReader(span);
        reader.MoveTo(old.Start);
        var copied = 0;
        for (var i = 0; i < old.Count; i += 2)
        {
            var start = reader.Position;
            var key = Encoding.UTF8.GetString(reader.Value());
            reader.Skip();
            if (!properties.Any(p => p.Key == key))
            {
                writer.Write(span[start..reader.Position]);
                copied += 2;
            }
        }

        return copied;
    }

    private static ReadOnlySpan<byte> Encoded(object? value)
    {
        var buffer = new ByteBuffer(64, autoGrow: true);
        Amqp.Types.Encoder.WriteObject(buffer, value);
        return buffer.Buffer.AsSpan(buffer.Offset, buffer.Length);
    }
}
