using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Vivace.ServiceBus.Broker.Engine;
using Vivace.ServiceBus.Wire;

namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>Hands a queue's messages to a peer and takes its settlements.</summary>
internal sealed class ReceiverEndpoint : GuardedEndpoint, IReceiverPort
{
    private readonly Lock gate = new();
    private readonly MessageQueue queue;
    private readonly FaultPlan faults;
    private readonly string? deadLetterSource;

    /// <summary>The delivery count up to which the peer gave credit, and the one that was reached; both wrap around.</summary>
    private uint limit;
    private uint sent;
    private int early;
    private bool attached;
    private bool ended;
    private int attaching;

    public ReceiverEndpoint(ListenerLink link, MessageQueue queue, ReceiveMode mode, string? deadLetterSource, FaultPlan faults, ILogger logger)
        : base(link, logger)
    {
        this.queue = queue;
        this.faults = faults;
        this.deadLetterSource = deadLetterSource;
        Receiver = new QueueReceiver(this, mode);
    }

    public QueueReceiver Receiver { get; }

    /// <summary>Answers the attach; deliveries begin after it.</summary>
    public bool TryAttach(WaitingAttach waiting)
    {
        // Answering makes the library report the credit that it has counted, which was counted here as it came.
        attaching = Environment.CurrentManagedThreadId;
        var answered = waiting.TryAnswer(null);
        attaching = 0;
        if (!answered)
        {
            return false;
        }

        int credit;
        lock (gate)
        {
            attached = true;
            credit = early;
        }

        if (credit != 0)
        {
            queue.AddCredit(Receiver, credit);
        }

        return true;
    }

    public void Deliver(Delivery delivery)
        => Guard(() => faults.At(BrokerFaultPoint.BeforeDelivering, Link, () => Send(delivery), twice: () => SendTwice(delivery)));

    /// <summary>From here on nothing is sent on the link; what was handed over before goes out before its detach does.</summary>
    public void EndDeliveries()
    {
        lock (gate)
        {
            ended = true;
            AmqpInternals.ForgetDeliveries(Link);
        }
    }

    public bool IsOf(object connection, string linkName) => BrokerConnection.Of(Link) == connection && Link.Name == linkName;

    public void Drained(int credit) => Guard(() => AnswerDrain(credit));

    public void SessionLockLost()
    {
        EndDeliveries();
        Detach(Faults.Of(QueueFault.SessionLockLost));
    }

    protected override void Flow(int credit)
    {
        if (attaching == Environment.CurrentManagedThreadId)
        {
            return;
        }

        bool drain;
        lock (gate)
        {
            limit += (uint)credit;
            drain = Link.IsDraining;
            if (credit <= 0)
            {
                AmqpInternals.Credit(Link) = limit - sent;
            }

            if (!attached)
            {
                early += credit;
                return;
            }
        }

        if (credit != 0 || drain)
        {
            queue.AddCredit(Receiver, credit, drain);
        }
    }

    protected override void Dispose(Message message, DeliveryState state, bool settled)
    {
        if (Receiver.Mode == ReceiveMode.ReceiveAndDelete || message is not DeliveryMessage delivered || Link.IsClosed)
        {
            return;
        }

        if (SettlementReader.Read(state, delivered.Of.Encoded) is { } settlement)
        {
            queue.Settle(delivered.Of, settlement, fault => Settled(message, fault, settled));
        }
    }

    private void Settled(Message message, QueueFault fault, bool peerHasSettled)
    {
        if (!peerHasSettled)
        {
            faults.At(BrokerFaultPoint.BeforeAnsweringSettlement, Link, () => Answer(message, fault == QueueFault.None ? null : Faults.Of(fault)), busy: () => Answer(message, Faults.ServerBusy()));
        }
    }

    private void Answer(Message message, Error? error)
        => Guard(() => Link.DisposeMessage(message, error is null ? new Accepted() : new Rejected { Error = error }, settled: true));

    private void Send(Delivery delivery) => Guard(() =>
    {
        if (Link.IsClosed)
        {
            return;
        }

        var stamp = new DeliveryStamp(
            delivery.Message.SequenceNumber,
            delivery.Message.EnqueuedAt,
            Receiver.Mode == ReceiveMode.PeekLock ? delivery.LockedUntil : null,
            delivery.Count - 1,
            delivery.WasDeferred ? StoredMessageState.Deferred : StoredMessageState.Active,
            deadLetterSource);
        var buffer = MessageStamper.Stamp(delivery.Encoded.Span, stamp).ToBuffer();
        lock (gate)
        {
            if (!ended)
            {
                sent++;
                Link.SendMessage(new DeliveryMessage(delivery), buffer);
            }
        }
    });

    /// <summary>A copy needs credit of its own, or the peer would take it for an error.</summary>
    private void SendTwice(Delivery delivery)
    {
        if (queue.TryUseCredit(Receiver))
        {
            Send(delivery);
        }
    }

    private void AnswerDrain(int credit)
    {
        lock (gate)
        {
            if (Link.IsDraining)
            {
                // The first advances the delivery count; the second says that it was a drain, which the first leaves out.
                Link.CompleteDrain();
                sent = limit;
                Link.SetCredit(0, drain: true, autoRestore: false);
                return;
            }
        }

        queue.AddCredit(Receiver, credit);
    }
}
