namespace Vivace.ServiceBus.Broker;

/// <summary>
/// One change of the broker's durable state. Queues go by their names, dead letters by <c>{name}/$deadletterqueue</c>; sequence
/// numbers count from 1 in each.
/// </summary>
public abstract record JournalChange
{
    private JournalChange(string queue) => Queue = queue;

    /// <summary>The queue that it is about.</summary>
    public string Queue { get; }

    /// <summary>Adds a message, or replaces the one of this queue and sequence number.</summary>
    public sealed record MessagePut(StoredMessage Message) : JournalChange(Message.Queue);

    /// <summary>Removes a message; nothing where it is gone already.</summary>
    public sealed record MessageRemoved(string Queue, long SequenceNumber) : JournalChange(Queue);

    /// <summary>Sets how often a message has been delivered; nothing where it is gone.</summary>
    /// <param name="DeliveryCount">Deliveries so far, the one in progress included; lower than before where one does not count.</param>
    public sealed record DeliveryCounted(string Queue, long SequenceNumber, int DeliveryCount) : JournalChange(Queue);

    /// <summary>Sets the state of a session, in place of the one before.</summary>
    /// <param name="State">Null removes it.</param>
    public sealed record SessionStateSet(string Queue, string SessionId, ReadOnlyMemory<byte>? State) : JournalChange(Queue);

    /// <summary>Remembers a message id, so that another message of that id is dropped.</summary>
    /// <param name="Until">When it may be forgotten.</param>
    public sealed record DuplicateIdKept(string Queue, string MessageId, DateTimeOffset Until) : JournalChange(Queue);

    /// <summary>Forgets every id that was kept until then or shorter.</summary>
    public sealed record DuplicateIdsForgotten(string Queue, DateTimeOffset Until) : JournalChange(Queue);

    /// <summary>Sequence numbers below <paramref name="Next"/> may be in use; a broker that loads this begins there.</summary>
    public sealed record SequenceReserved(string Queue, long Next) : JournalChange(Queue);
}
