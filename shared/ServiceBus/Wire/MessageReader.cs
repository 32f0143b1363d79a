using Amqp;
using Amqp.Framing;
using Amqp.Types;
using Annotation = Vivace.ServiceBus.Wire.AmqpNames.Annotation;

namespace Vivace.ServiceBus.Wire;

/// <summary>Reads messages as they come from the wire.</summary>
internal static class MessageReader
{
    private static readonly Symbol SequenceNumber = Annotation.SequenceNumber;
    private static readonly Symbol EnqueuedTime = Annotation.EnqueuedTime;
    private static readonly Symbol ScheduledEnqueueTime = Annotation.ScheduledEnqueueTime;
    private static readonly Symbol LockedUntil = Annotation.LockedUntil;
    private static readonly Symbol PartitionKey = Annotation.PartitionKey;
    private static readonly Symbol MessageState = Annotation.MessageState;
    private static readonly Symbol DeadLetterSource = Annotation.DeadLetterSource;

    /// <param name="lockToken">Empty: it is not locked.</param>
    /// <param name="isPeeked">Whether it was only looked at; a delivery counts itself.</param>
    /// <param name="isDelivery">Whether it was brought by a link, which settles it.</param>
    public static ServiceBusReceivedMessage Read(Message message, Guid lockToken, bool isPeeked, bool isDelivery)
    {
        var annotations = message.MessageAnnotations?.Map;
        var properties = message.Properties;
        var application = Application(message.ApplicationProperties?.Map);
        return new ServiceBusReceivedMessage
        {
            Body = Body(message),
            MessageId = properties?.GetMessageId()?.ToString(),
            SessionId = properties?.GroupId,
            ReplyToSessionId = properties?.ReplyToGroupId,
            CorrelationId = properties?.GetCorrelationId()?.ToString(),
            Subject = properties?.Subject,
            To = properties?.To,
            ReplyTo = properties?.ReplyTo,
            ContentType = properties?.ContentType?.ToString(),
            TimeToLive = message.Header is { Ttl: > 0 and var ttl } ? TimeSpan.FromMilliseconds(ttl) : TimeSpan.MaxValue,
            DeliveryCount = (int)(message.Header?.DeliveryCount ?? 0) + (isPeeked ? 0 : 1),
            LockToken = lockToken,
            SequenceNumber = Value(annotations, SequenceNumber) is long number ? number : 0,
            EnqueuedTime = Time(annotations, EnqueuedTime),
            ScheduledEnqueueTime = Time(annotations, ScheduledEnqueueTime),
            LockedUntil = Time(annotations, LockedUntil),
            PartitionKey = Value(annotations, PartitionKey) as string,
            State = Value(annotations, MessageState) is { } state ? (ServiceBusMessageState)Convert.ToInt32(state, null) : ServiceBusMessageState.Active,
            DeadLetterSource = Value(annotations, DeadLetterSource) as string,
            DeadLetterReason = application.GetValueOrDefault(AmqpNames.DeadLetter.Reason) as string,
            DeadLetterErrorDescription = application.GetValueOrDefault(AmqpNames.DeadLetter.ErrorDescription) as string,
            ApplicationProperties = application,
            Delivery = isDelivery ? message : null,
        };
    }

    private static BinaryData Body(Message message) => message.BodySection switch
    {
        Data data => BinaryData.FromBytes(data.Binary ?? []),
        DataList list => BinaryData.FromBytes(Enumerable.Range(0, list.Count).SelectMany(i => list[i].Binary).ToArray()),
        AmqpValue { Value: byte[] bytes } => BinaryData.FromBytes(bytes),
        AmqpValue { Value: string text } => BinaryData.FromString(text),
        _ => BinaryData.Empty,
    };

    private static Dictionary<string, object> Application(Map? map)
    {
        var read = new Dictionary<string, object>(map?.Count ?? 0, StringComparer.Ordinal);
        foreach (var (key, value) in map ?? [])
        {
            if (key?.ToString() is { } name && value is not null)
            {
                read[name] = value is Symbol symbol ? symbol.ToString() : value;
            }
        }

        return read;
    }

    private static object? Value(Map? map, Symbol name) => map is not null && map.TryGetValue(name, out var value) ? value : null;

    /// <summary>AMQP times are UTC.</summary>
    private static DateTimeOffset Time(Map? map, Symbol name)
        => Value(map, name) is DateTime time ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)) : default;
}
