using Amqp;

namespace Vivace.ServiceBus;

/// <summary>A message as it was received or peeked at. Members that its sender left out are null; times are UTC, by the broker's clock.</summary>
public sealed class ServiceBusReceivedMessage
{
    /// <summary>The body; empty where the message has neither bytes nor text in it.</summary>
    public required BinaryData Body { get; init; }

    /// <summary>Its id; the embedded broker gives one to a message without.</summary>
    public string? MessageId { get; init; }

    /// <summary>Its session; null in queues without, unless its sender named one.</summary>
    public string? SessionId { get; init; }

    /// <summary>The session in which an answer is expected.</summary>
    public string? ReplyToSessionId { get; init; }

    /// <summary>The key of its partition.</summary>
    public string? PartitionKey { get; init; }

    /// <summary>What it belongs to, such as the id of the message that it answers.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>What it is about.</summary>
    public string? Subject { get; init; }

    /// <summary>An address that its sender named; the broker does not look at it.</summary>
    public string? To { get; init; }

    /// <summary>The address at which an answer is expected.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>The media type of the body.</summary>
    public string? ContentType { get; init; }

    /// <summary>How long it lives from <see cref="EnqueuedTime"/> on, as the message says; <see cref="TimeSpan.MaxValue"/>: it says nothing.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.MaxValue;

    /// <summary>How often it has been delivered, this time included; 0 when it was only peeked at.</summary>
    public int DeliveryCount { get; init; }

    /// <summary>The lock under which it is settled; empty when it was only peeked at, or is gone from the queue already.</summary>
    public Guid LockToken { get; init; }

    /// <summary>Position in the queue, given by the broker, rising.</summary>
    public long SequenceNumber { get; init; }

    /// <summary>When it was enqueued; of one that is scheduled still, when the broker took it.</summary>
    public DateTimeOffset EnqueuedTime { get; init; }

    /// <summary>When it was to be enqueued; the default: at once.</summary>
    public DateTimeOffset ScheduledEnqueueTime { get; init; }

    /// <summary>When the lock ends unless it is renewed. In a session the session's lock counts. The default where there is no lock.</summary>
    public DateTimeOffset LockedUntil { get; internal set; }

    /// <summary>
    /// <see cref="EnqueuedTime"/> and <see cref="TimeToLive"/> together; <see cref="DateTimeOffset.MaxValue"/>: never. A queue's own default may
    /// end it before that.
    /// </summary>
    public DateTimeOffset ExpiresAt => TimeToLive >= DateTimeOffset.MaxValue - EnqueuedTime ? DateTimeOffset.MaxValue : EnqueuedTime + TimeToLive;

    /// <summary>Where it stood in the queue when it was sent here.</summary>
    public ServiceBusMessageState State { get; init; }

    /// <summary>Why it was dead-lettered; null when it was not.</summary>
    public string? DeadLetterReason { get; init; }

    /// <summary>What was said beside the reason, perhaps nothing; null when it was not dead-lettered.</summary>
    public string? DeadLetterErrorDescription { get; init; }

    /// <summary>The queue in which it was dead-lettered; null where it is not among dead letters.</summary>
    public string? DeadLetterSource { get; init; }

    /// <summary>What its sender added, by case-sensitive name, and the reason and description of dead letters; no value is null.</summary>
    public IReadOnlyDictionary<string, object> ApplicationProperties { get; init; } = new Dictionary<string, object>(StringComparer.Ordinal);

    /// <summary>What the library needs to settle it on the link that brought it; null when it was peeked at or came by its number.</summary>
    internal Message? Delivery { get; init; }
}
