namespace Vivace.ServiceBus.Broker;

/// <summary>One change of the broker's durable state.</summary>
public abstract record JournalChange
{
    private JournalChange(string queue) => Queue = queue;

    /// <summary>The queue that it is about.</summary>
    public string Queue { get; }

    /// <summary>Adds a message, or replaces the one of this queue and sequence number.</summary>
    public sealed record MessagePut(StoredMessage Message) : JournalChange(Message.Queue);

    public sealed record MessageRemoved(string Queue, long SequenceNumber) : JournalChange(Queue);

    public sealed record DeliveryCounted(string Queue, long SequenceNumber, int DeliveryCount) : JournalChange(Queue);

    /// <param name="State">Null removes it.</param>
    public sealed record SessionStateSet(string Queue, string SessionId, ReadOnlyMemory<byte>? State) : JournalChange(Queue);

    public sealed record DuplicateIdKept(string Queue, string MessageId, DateTimeOffset Until) : JournalChange(Queue);

    /// <summary>Forgets every id that was kept until then or shorter.</summary>
    public sealed record DuplicateIdsForgotten(string Queue, DateTimeOffset Until) : JournalChange(Queue);

    /// <summary>Sequence numbers below <paramref name="Next"/> may be in use; a broker that loads this begins there.</summary>
    public sealed record SequenceReserved(string Queue, long Next) : JournalChange(Queue);
}
