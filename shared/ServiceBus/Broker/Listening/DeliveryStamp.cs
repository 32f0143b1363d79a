namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>What the broker writes upon a message that it hands out.</summary>
/// <param name="DeliveryCount">Deliveries before this one.</param>
/// <param name="LockedUntil">Null when it is not locked.</param>
/// <param name="DeadLetterSource">The queue it was dead-lettered in, for dead letters.</param>
internal readonly record struct DeliveryStamp(
    long SequenceNumber,
    DateTimeOffset EnqueuedAt,
    DateTimeOffset? LockedUntil,
    int DeliveryCount,
    StoredMessageState State,
    string? DeadLetterSource);
