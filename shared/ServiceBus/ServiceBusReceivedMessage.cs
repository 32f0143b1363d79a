using Amqp;

namespace Vivace.ServiceBus;

/// <summary>A message as it was received or peeked at.</summary>
public sealed class ServiceBusReceivedMessage
{
    public required BinaryData Body { get; init; }

    public string? MessageId { get; init; }

    public string? SessionId { get; init; }

    public string? ReplyToSessionId { get; init; }

    public string? PartitionKey { get; init; }

    public string? CorrelationId { get; init; }

    public string? Subject { get; init; }

    public string? To { get; init; }

    public string? ReplyTo { get; init; }

    public string? ContentType { get; init; }

    public TimeSpan TimeToLive { get; init; } = TimeSpan.MaxValue;

    /// <summary>How often it has been delivered, this time included; 0 when it was only peeked at.</summary>
    public int DeliveryCount { get; init; }

    /// <summary>The lock under which it is settled; empty when it was only peeked at.</summary>
    public Guid LockToken { get; init; }

    /// <summary>Position in the queue, given by the broker, rising.</summary>
    public long SequenceNumber { get; init; }

    public DateTimeOffset EnqueuedTime { get; init; }

    public DateTimeOffset ScheduledEnqueueTime { get; init; }

    /// <summary>When the lock ends unless it is renewed. In a session the session's lock counts.</summary>
    public DateTimeOffset LockedUntil { get; internal set; }

    public DateTimeOffset ExpiresAt => TimeToLive >= DateTimeOffset.MaxValue - EnqueuedTime ? DateTimeOffset.MaxValue : EnqueuedTime + TimeToLive;

    public ServiceBusMessageState State { get; init; }

    /// <summary>Why it was dead-lettered; null when it was not.</summary>
    public string? DeadLetterReason { get; init; }

    public string? DeadLetterErrorDescription { get; init; }

    public string? DeadLetterSource { get; init; }

    public IReadOnlyDictionary<string, object> ApplicationProperties { get; init; } = new Dictionary<string, object>(StringComparer.Ordinal);

    /// <summary>What the library needs to settle it on the link that brought it; null when it was peeked at or came by its number.</summary>
    internal Message? Delivery { get; init; }
}
