using Amqp;
using Amqp.Framing;
using Amqp.Types;
using Annotation = Vivace.ServiceBus.Wire.AmqpNames.Annotation;

namespace Vivace.ServiceBus.Wire;

/// <summary>Writes messages in the form of the wire.</summary>
internal static class MessageWriter
{
    private static readonly Symbol ScheduledEnqueueTime = Annotation.ScheduledEnqueueTime;
    private static readonly Symbol PartitionKey = Annotation.PartitionKey;

    public static Message Write(ServiceBusMessage message)
    {
        var written = new Message
        {
            Header = new Header { Durable = true },
            Properties = Properties(message),
            BodySection = new Data { Binary = message.Body.ToArray() },
        };
        if (message.TimeToLive < TimeSpan.MaxValue)
        {
            written.Header.Ttl = (uint)Math.Clamp(message.TimeToLive.TotalMilliseconds, 1, uint.MaxValue);
        }

        if (message.ApplicationProperties.Count > 0)
        {
            written.ApplicationProperties = new ApplicationProperties();
            foreach (var (name, value) in message.ApplicationProperties)
            {
                written.ApplicationProperties[name] = value is DateTimeOffset time ? time.UtcDateTime : value;
            }
        }

        Annotate(written, message);
        return written;
    }

    /// <summary>Many as one transfer: one Data section for each encoded message.</summary>
    public static Message WriteBatch(IEnumerable<ServiceBusMessage> messages)
    {
        var list = new DataList();
        foreach (var message in messages)
        {
            list.Add(new Data { Buffer = Write(message).Encode() });
        }

        return new Message { BodySection = list, Format = AmqpNames.BatchFormat };
    }

    private static Properties Properties(ServiceBusMessage message)
    {
        // A member that is set to null is still written, as null; those that are not set are left out.
        var properties = new Properties();
        Set(message.MessageId, properties, static (p, value) => p.MessageId = value);
        Set(message.SessionId, properties, static (p, value) => p.GroupId = value);
        Set(message.ReplyToSessionId, properties, static (p, value) => p.ReplyToGroupId = value);
        Set(message.CorrelationId, properties, static (p, value) => p.CorrelationId = value);
        Set(message.Subject, properties, static (p, value) => p.Subject = value);
        Set(message.To, properties, static (p, value) => p.To = value);
        Set(message.ReplyTo, properties, static (p, value) => p.ReplyTo = value);
        Set(message.ContentType, properties, static (p, value) => p.ContentType = value);
        return properties;

        static void Set(string? value, Properties properties, Action<Properties, string> set)
        {
            if (value is not null)
            {
                set(properties, value);
            }
        }
    }

    private static void Annotate(Message written, ServiceBusMessage message)
    {
        if (message.ScheduledEnqueueTime != default)
        {
            Annotations()[ScheduledEnqueueTime] = message.ScheduledEnqueueTime.UtcDateTime;
        }

        if (message.PartitionKey is { } key)
        {
            Annotations()[PartitionKey] = key;
        }

        MessageAnnotations Annotations() => written.MessageAnnotations ??= new MessageAnnotations();
    }
}
