namespace Vivace.ServiceBus;

/// <summary>A message to send. Members left alone are left out on the wire.</summary>
/// <param name="body">The body; Service Bus does not look into it.</param>
public sealed class ServiceBusMessage(BinaryData body)
{
    public ServiceBusMessage(ReadOnlyMemory<byte> body)
        : this(BinaryData.FromBytes(body))
    {
    }

    public ServiceBusMessage(string body)
        : this(BinaryData.FromString(body))
    {
    }

    public BinaryData Body { get; set; } = body;

    /// <summary>Up to 128 characters. Where the queue detects duplicates, a message whose id was used within its window is dropped.</summary>
    public string? MessageId { get; set; }

    /// <summary>Up to 128 characters; required by queues with sessions.</summary>
    public string? SessionId { get; set; }

    public string? ReplyToSessionId { get; set; }

    public string? PartitionKey { get; set; }

    public string? CorrelationId { get; set; }

    public string? Subject { get; set; }

    public string? To { get; set; }

    public string? ReplyTo { get; set; }

    public string? ContentType { get; set; }

    /// <summary>From the time it is enqueued; the queue's own default is the most. <see cref="TimeSpan.MaxValue"/>: that default.</summary>
    public TimeSpan TimeToLive { get; set; } = TimeSpan.MaxValue;

    /// <summary>When it is enqueued; the default: at once.</summary>
    public DateTimeOffset ScheduledEnqueueTime { get; set; }

    /// <summary>Strings, numbers, booleans, GUIDs and times.</summary>
    public IDictionary<string, object> ApplicationProperties { get; } = new Dictionary<string, object>(StringComparer.Ordinal);
}
