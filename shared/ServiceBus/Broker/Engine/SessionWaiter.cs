namespace Vivace.ServiceBus.Broker.Engine;

/// <summary>A receiver that waits for the next session with messages.</summary>
internal sealed class SessionWaiter
{
    public SessionWaiter(QueueReceiver receiver, Action<AcceptOutcome> done)
    {
        Receiver = receiver;
        Done = done;
        Place = new(this);
        Timeout = new(this, DueKind.AcceptTimeout);
    }

    public QueueReceiver Receiver { get; }

    public Action<AcceptOutcome> Done { get; }

    public LinkedListNode<SessionWaiter> Place { get; }

    public DueEntry Timeout { get; }
}
