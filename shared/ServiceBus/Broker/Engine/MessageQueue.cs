namespace Vivace.ServiceBus.Broker.Engine;

/// <summary>
/// One queue, or the dead letters of one. Everything is decided under one lock, held briefly; what follows outside of it is
/// gathered in an <see cref="Aftermath"/>.
/// </summary>
internal sealed partial class MessageQueue : IDisposable
{
    private readonly Lock gate = new();
    private readonly QueueContext context;
    private readonly MessageQueue? deadLetters;
    private readonly SequenceNumbers sequence;
    private readonly DuplicateIds duplicates = new();
    private readonly Dictionary<long, QueuedMessage> bySequence = [];
    private readonly LinkedList<QueuedMessage> all = new();
    private readonly AvailableMessages available = new();
    private readonly LinkedList<QueueReceiver> hungry = new();
    private readonly Dictionary<Guid, Delivery> locks = [];
    private readonly List<JournalChange> changes = [];
    private readonly DueHeap due = new();
    private readonly ITimer timer;
    private DateTimeOffset timerAt = DateTimeOffset.MaxValue;

    /// <param name="deadLetters">Null for a queue of dead letters: they never expire and never move on.</param>
    public MessageQueue(QueueOptions options, QueueContext context, MessageQueue? deadLetters)
    {
        Options = options;
        this.context = context;
        this.deadLetters = deadLetters;
        sequence = new(options.Name);
        timer = context.Time.CreateTimer(static queue => ((MessageQueue)queue!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public QueueOptions Options { get; }

    public string Name => Options.Name;

    public int Count
    {
        get
        {
            lock (gate)
            {
                return all.Count;
            }
        }
    }

    /// <summary>Sessions that have messages, a state or a holder.</summary>
    public int SessionCount
    {
        get
        {
            lock (gate)
            {
                return sessions.Count;
            }
        }
    }

    /// <summary>Stops the clock. What is still locked has not been settled, and does not count as delivered after a restart.</summary>
    public void Dispose()
    {
        timer.Dispose();
        lock (gate)
        {
            foreach (var delivery in locks.Values)
            {
                var message = delivery.Message;
                context.Journal.Append([new JournalChange.DeliveryCounted(Name, message.SequenceNumber, message.DeliveryCount - 1)]);
            }

            locks.Clear();
        }
    }

    /// <summary>Lists a message; it is not offered yet.</summary>
    private void List(QueuedMessage message)
    {
        bySequence.Add(message.SequenceNumber, message);
        all.AddLast(message.Place);
        if (message.SessionId is { } id && Options.RequiresSession)
        {
            message.Session = Session(id);
            message.Session.Messages.AddLast(message.PlaceInSession);
        }

        if (message.ExpiresAt is { } expiry)
        {
            Due(message.Expiry, expiry);
        }
    }

    /// <summary>Takes a message out; nothing of it stays behind.</summary>
    private void Unlist(QueuedMessage message)
    {
        message.Stage = MessageStage.Gone;
        bySequence.Remove(message.SequenceNumber);
        all.Remove(message.Place);
        if (message.ExpiresAt is not null)
        {
            due.Remove(message.Expiry);
        }

        if (message.Session is { } session)
        {
            session.Messages.Remove(message.PlaceInSession);
            ForgetIfIdle(session);
        }
    }

    /// <summary>Offers a message, unless it has expired or come back too often.</summary>
    private void MakeAvailable(QueuedMessage message, DateTimeOffset now, ref Aftermath after)
    {
        if (message.ExpiresAt <= now)
        {
            Expire(message, now);
            return;
        }

        if (deadLetters is not null && message.DeliveryCount >= Options.MaxDeliveryCount)
        {
            MoveToDeadLetters(message, context.MarkDead(message.Encoded, DeadLetterReason.TooManyDeliveries), now);
            return;
        }

        message.Stage = MessageStage.Available;
        if (message.Session is { } session)
        {
            session.Available.Add(message);
            Offer(session, ref after);
        }
        else
        {
            available.Add(message);
            Offer(ref after);
        }
    }

    private void Due(DueEntry entry, DateTimeOffset at)
    {
        due.Set(entry, at);
        if (at < timerAt)
        {
            SetTimer(at);
        }
    }
}
