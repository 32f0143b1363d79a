namespace Vivace.ServiceBus.Broker.Engine;

/// <summary>A message as it was handed to a receiver once.</summary>
internal sealed class Delivery
{
    private readonly DateTimeOffset lockedUntil;
    private DueEntry? expiry;

    public Delivery(QueuedMessage message, Guid lockToken, QueueReceiver? receiver, DateTimeOffset until)
    {
        Message = message;
        LockToken = lockToken;
        Receiver = receiver;
        Encoded = message.Encoded;
        Count = message.DeliveryCount;
        lockedUntil = until;
        Place = new(this);
    }

    public QueuedMessage Message { get; }

    public Guid LockToken { get; }

    /// <summary>Null when it was asked for by its sequence number, outside of any session.</summary>
    public QueueReceiver? Receiver { get; }

    /// <summary>The message's bytes and its deliveries at the time, which are read outside of the queue's lock.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>This delivery included.</summary>
    public int Count { get; }

    public DateTimeOffset LockedUntil => lockedUntil;

    /// <summary>Whether the lock is still held; guarded by the queue's lock.</summary>
    public bool IsHeld { get; set; }

    /// <summary>It was deferred before, and is again when it comes back.</summary>
    public bool WasDeferred { get; init; }

    /// <summary>Among its receiver's unsettled ones.</summary>
    public LinkedListNode<Delivery> Place { get; }

    public DueEntry Expiry => expiry ??= new(this, DueKind.MessageLock);
}
