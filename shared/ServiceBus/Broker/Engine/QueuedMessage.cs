namespace Vivace.ServiceBus.Broker.Engine;

/// <summary>A message of a queue; guarded by the queue's lock.</summary>
internal sealed class QueuedMessage
{
    private DueEntry? schedule;
    private DueEntry? expiry;

    public QueuedMessage()
    {
        Place = new(this);
        PlaceInSession = new(this);
    }

    public required long SequenceNumber { get; init; }

    public required ReadOnlyMemory<byte> Encoded { get; set; }

    public string? MessageId { get; init; }

    public MessageSession? Session { get; set; }

    public string? SessionId { get; init; }

    public required DateTimeOffset EnqueuedAt { get; set; }

    public DateTimeOffset? ScheduledFor { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Deliveries so far, the one in progress included.</summary>
    public int DeliveryCount { get; set; }

    public MessageStage Stage { get; set; }

    /// <summary>Among all messages of the queue, and of its session, in order of sequence numbers.</summary>
    public LinkedListNode<QueuedMessage> Place { get; }

    public LinkedListNode<QueuedMessage> PlaceInSession { get; }

    public DueEntry Schedule => schedule ??= new(this, DueKind.Schedule);

    public DueEntry Expiry => expiry ??= new(this, DueKind.Expiry);

    public StoredMessage ToStored(string queue, StoredMessageState state)
        => new(queue, SequenceNumber, state, SessionId, Encoded, EnqueuedAt, ScheduledFor, ExpiresAt, DeliveryCount);
}
