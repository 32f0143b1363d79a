namespace Vivace.ServiceBus.Broker.Engine;

/// <summary>A session that has messages, a state or a holder; without any of these it is forgotten.</summary>
internal sealed class MessageSession
{
    public MessageSession(string id)
    {
        Id = id;
        Lock = new(this, DueKind.SessionLock);
        Ready = new(this);
    }

    public string Id { get; }

    /// <summary>All of its messages, whatever their stage, in order.</summary>
    public LinkedList<QueuedMessage> Messages { get; } = new();

    public AvailableMessages Available { get; } = new();

    public ReadOnlyMemory<byte>? State { get; set; }

    public QueueReceiver? Holder { get; set; }

    public DateTimeOffset LockedUntil { get; set; }

    public DueEntry Lock { get; }

    /// <summary>Its place in the line of sessions that wait for a receiver.</summary>
    public LinkedListNode<MessageSession> Ready { get; }
}
