using Vivace.ServiceBus.Broker.Engine;

namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>Gives a message an id that came without one: the JavaScript client cannot settle a message that has none.</summary>
internal static class MessageIdentity
{
    private const byte List = 0xD0;

    public static IncomingMessage Ensure(IncomingMessage message, UniqueIds ids)
    {
        if (message.MessageId is not null)
        {
            return message;
        }

        var id = ids.Next().ToString("N");
        return message with { MessageId = id, Encoded = Write(message.Encoded, id) };
    }

    private static ReadOnlyMemory<byte> Write(ReadOnlyMemory<byte> encoded, string id)
    {
        var span = encoded.Span;
        var reader = new AmqpReader(span);
        var at = 0;
        var old = (Count: 0, Start: 0, End: 0);
        while (!reader.AtEnd)
        {
            at = reader.Position;
            var section = reader.Descriptor();
            if (section == SectionCode.Properties)
            {
                old = Fields(ref reader);
                break;
            }

            if (section > SectionCode.Properties)
            {
                old = (0, at, at);
                break;
            }

            reader.Skip();
            at = reader.Position;
            old = (0, at, at);
        }

        var writer = new AmqpWriter(span.Length + 64);
        writer.Write(span[..at]);
        writer.Section(SectionCode.Properties);
        var begun = writer.Begin(List);
        writer.Text(id);
        writer.Write(span[old.Start..old.End]);
        writer.End(begun, 1 + old.Count);
        writer.Write(span[old.End..]);
        return writer.ToMemory();
    }

    /// <summary>The fields behind the message id.</summary>
    private static (int Count, int Start, int End) Fields(ref AmqpReader reader)
    {
        var (count, end) = reader.Compound();
        if (count == 0)
        {
            return (0, end, end);
        }

        reader.Skip();
        return (count - 1, reader.Position, end);
    }
}
