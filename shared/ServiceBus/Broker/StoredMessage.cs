namespace Vivace.ServiceBus.Broker;

/// <summary>A message as the journal keeps it. Dead letters are messages of the queue <c>{name}/$deadletterqueue</c>.</summary>
/// <param name="Encoded">The sections of the AMQP message; dead-letter reason and description are among its application properties.</param>
/// <param name="DeliveryCount">Deliveries so far, the one in progress included.</param>
public sealed record StoredMessage(
    string Queue,
    long SequenceNumber,
    StoredMessageState State,
    string? SessionId,
    ReadOnlyMemory<byte> Encoded,
    DateTimeOffset EnqueuedAt,
    DateTimeOffset? ScheduledFor,
    DateTimeOffset? ExpiresAt,
    int DeliveryCount);
