namespace Vivace.ServiceBus;

/// <summary>A message to send. Members left alone are left out on the wire; lengths are the broker's to check.</summary>
/// <param name="body">The body; Service Bus does not look into it.</param>
public sealed class ServiceBusMessage(BinaryData body)
{
    /// <summary>A message of bytes, which are not copied.</summary>
    public ServiceBusMessage(ReadOnlyMemory<byte> body)
        : this(BinaryData.FromBytes(body))
    {
    }

    /// <summary>A message of text, in UTF-8.</summary>
    public ServiceBusMessage(string body)
        : this(BinaryData.FromString(body))
    {
    }

    /// <summary>The body; Service Bus does not look into it.</summary>
    public BinaryData Body { get; set; } = body;

    /// <summary>
    /// Up to 128 characters. Where the queue detects duplicates, a message whose id was used within its window is dropped; one
    /// without an id never is.
    /// </summary>
    public string? MessageId { get; set; }

    /// <summary>Up to 128 characters; required by queues with sessions.</summary>
    public string? SessionId { get; set; }

    /// <summary>Up to 128 characters: the session in which an answer is expected. For the receiver; Service Bus does not look at it.</summary>
    public string? ReplyToSessionId { get; set; }

    /// <summary>
    /// Up to 128 characters: messages of one key go to one partition of a partitioned queue. Equal to the session id where both
    /// are given. The embedded broker has no partitions and only carries it.
    /// </summary>
    public string? PartitionKey { get; set; }

    /// <summary>What the message belongs to, such as the id of the one that it answers. For the receiver.</summary>
    public string? CorrelationId { get; set; }

    /// <summary>What the message is about, in a word. For the receiver.</summary>
    public string? Subject { get; set; }

    /// <summary>An address for the receiver; where the message goes is the sender's to say.</summary>
    public string? To { get; set; }

    /// <summary>The address at which an answer is expected. For the receiver.</summary>
    public string? ReplyTo { get; set; }

    /// <summary>The media type of the body, such as <c>application/json</c>. For the receiver.</summary>
    public string? ContentType { get; set; }

    /// <summary>
    /// From the time it is enqueued; the queue's own default is the most. In milliseconds, 1 to about 49 days: a shorter or
    /// longer one is sent as the nearest of these. <see cref="TimeSpan.MaxValue"/>: that default.
    /// </summary>
    public TimeSpan TimeToLive { get; set; } = TimeSpan.MaxValue;

    /// <summary>When it is enqueued; the default, or a time that has passed: at once.</summary>
    public DateTimeOffset ScheduledEnqueueTime { get; set; }

    /// <summary>
    /// Strings, numbers, booleans, GUIDs and times, none of them null. Names are case-sensitive. A <see cref="DateTimeOffset"/>
    /// arrives as a <see cref="DateTime"/> in UTC.
    /// </summary>
    public IDictionary<string, object> ApplicationProperties { get; } = new Dictionary<string, object>(StringComparer.Ordinal);
}
