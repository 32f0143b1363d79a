using Vivace.ServiceBus.Broker.Engine;
using Vivace.ServiceBus.Wire;

namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>Reads from an encoded message what its queue must know, and takes a batch apart.</summary>
internal static class MessageParser
{
    private const int MessageIdField = 0;
    private const int GroupIdField = 10;
    private const int LongestSessionId = 128;

    private static readonly ulong LatestTime = (ulong)DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <exception cref="InvalidDataException">It is not well-formed.</exception>
    public static IReadOnlyList<IncomingMessage> Parse(ReadOnlyMemory<byte> encoded, uint format)
        => format == AmqpNames.BatchFormat ? Batch(encoded) : [Single(encoded)];

    public static IncomingMessage Single(ReadOnlyMemory<byte> encoded)
    {
        var reader = new AmqpReader(encoded.Span);
        ulong? ttl = null, scheduled = null;
        string? messageId = null, sessionId = null;
        while (!reader.AtEnd)
        {
            switch (reader.Descriptor())
            {
                case SectionCode.Header:
                    ttl = TimeToLive(ref reader);
                    break;
                case SectionCode.MessageAnnotations:
                    scheduled = ScheduledTime(ref reader);
                    break;
                case SectionCode.Properties:
                    (messageId, sessionId) = Ids(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (sessionId?.Length > LongestSessionId)
        {
            throw new InvalidDataException($"A session id has at most {LongestSessionId} characters.");
        }

        return new IncomingMessage(
            encoded,
            messageId,
            sessionId,
            ttl is null or uint.MaxValue ? null : ttl < uint.MaxValue ? TimeSpan.FromMilliseconds(ttl.Value) : throw new InvalidDataException("A time to live has 32 bits."),
            scheduled is null ? null : Time(scheduled.Value));
    }

    private static DateTimeOffset Time(ulong milliseconds) => milliseconds <= LatestTime
        ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds)
        : throw new InvalidDataException("A time is out of range.");

    private static List<IncomingMessage> Batch(ReadOnlyMemory<byte> encoded)
    {
        var messages = new List<IncomingMessage>();
        var reader = new AmqpReader(encoded.Span);
        while (!reader.AtEnd)
        {
            var section = reader.Descriptor();
            var length = reader.Value().Length;
            if (section == SectionCode.Data)
            {
                messages.Add(Single(encoded.Slice(reader.Position - length, length)));
            }
        }

        return messages;
    }

    private static ulong? TimeToLive(ref AmqpReader reader)
    {
        var (count, end) = reader.Compound();
        ulong? ttl = null;
        if (count > 2)
        {
            reader.Skip();
            reader.Skip();
            ttl = reader.Number();
        }

        reader.MoveTo(end);
        return ttl;
    }

    private static ulong? ScheduledTime(ref AmqpReader reader)
    {
        var (count, end) = reader.Compound();
        ulong? scheduled = null;
        for (var i = 0; i < count; i += 2)
        {
            if (reader.Value().SequenceEqual("x-opt-scheduled-enqueue-time"u8))
            {
                scheduled = reader.Number();
            }
            else
            {
                reader.Skip();
            }
        }

        reader.MoveTo(end);
        return scheduled;
    }

    private static (string? MessageId, string? GroupId) Ids(ref AmqpReader reader)
    {
        var (count, end) = reader.Compound();
        string? messageId = null, groupId = null;
        for (var i = 0; i < count; i++)
        {
            switch (i)
            {
                case MessageIdField:
                    messageId = reader.Text();
                    break;
                case GroupIdField:
                    groupId = reader.Text();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        reader.MoveTo(end);
        return (messageId, groupId);
    }
}
