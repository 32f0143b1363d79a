using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Vivace.ServiceBus.Wire;

namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>A link whose attach is answered once, when its receiver has a session or when the peer gives up.</summary>
internal sealed class WaitingAttach(ListenerLink link, Attach attach)
{
    private readonly Lock gate = new();
    private bool answered;

    /// <summary>Told when the peer gave up before it was answered.</summary>
    public Action? Cancelled { get; set; }

    /// <summary>Whether this was the answer; false when the link has gone.</summary>
    public bool TryAnswer(Error? error)
    {
        lock (gate)
        {
            if (answered)
            {
                return false;
            }

            answered = true;
            BrokerConnection.Of(link).RemoveWaiting(link);
            if (link.IsClosed)
            {
                return false;
            }

            try
            {
                link.CompleteAttach(attach, error);
                return true;
            }
            catch (AmqpException)
            {
                // It went at the same moment; whoever answers others after this one goes on.
                return false;
            }
        }
    }

    public void Cancel()
    {
        if (TryAnswer(new Error(AmqpNames.Condition.OperationCancelled) { Description = "The receiver has stopped waiting." }))
        {
            Cancelled?.Invoke();
        }
    }

    /// <summary>The link has gone with its session or connection; there is nobody to answer.</summary>
    public void Abandon()
    {
        lock (gate)
        {
            if (answered)
            {
                return;
            }

            answered = true;
            BrokerConnection.Of(link).RemoveWaiting(link);
        }

        Cancelled?.Invoke();
    }
}
