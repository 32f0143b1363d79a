using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Vivace.ServiceBus.Broker.Engine;
using Vivace.ServiceBus.Wire;

namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>Decides what a link is for, from its addresses, and answers its attach.</summary>
internal sealed class LinkAttacher(QueueDirectory queues, CbsNode cbs, UniqueIds ids, IBrokerFaults? faults, TimeProvider time, ILogger logger)
{
    private const ulong LargestMessage = 1024 * 1024;

    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(60);

    /// <summary>Answers now or later.</summary>
    public void Attach(ListenerLink link, Attach attach)
    {
        attach.MaxMessageSize = LargestMessage;
        if (attach.Role)
        {
            AttachReceiver(link, attach);
        }
        else
        {
            AttachSender(link, attach, (attach.Target as Target)?.Address);
        }
    }

    private void AttachSender(ListenerLink link, Attach attach, string? address)
    {
        if (address == AmqpNames.CbsAddress)
        {
            Complete(link, attach, new RequestEndpoint(link, cbs, logger), RequestEndpoint.Credit);
        }
        else if (!BrokerConnection.Of(link).IsAuthorized)
        {
            link.CompleteAttach(attach, Faults.Unauthorized());
        }
        else if (QueueDirectory.IsManagement(address, out var entity) && queues.TryFind(entity, out var managed))
        {
            Complete(link, attach, new RequestEndpoint(link, new ManagementNode(managed, QueueDirectory.DeadLetterSource(managed.Name), ids), logger), RequestEndpoint.Credit);
        }
        else if (queues.TryFind(address, out var queue) && QueueDirectory.DeadLetterSource(queue.Name) is null)
        {
            Complete(link, attach, new SenderEndpoint(link, queue, ids, Plan(queue), logger), SenderEndpoint.Credit);
        }
        else
        {
            link.CompleteAttach(attach, Faults.NotFound(address ?? ""));
        }
    }

    private void AttachReceiver(ListenerLink link, Attach attach)
    {
        var address = (attach.Source as Source)?.Address;
        if (address == AmqpNames.CbsAddress || QueueDirectory.IsManagement(address, out _))
        {
            // The JavaScript client leaves the address out and names the link for replies.
            BrokerConnection.Of(link).AddResponse((attach.Target as Target)?.Address is { Length: > 0 } replies ? replies : link.Name, link);
            Complete(link, attach, new ResponseEndpoint(link, logger), 0);
        }
        else if (!BrokerConnection.Of(link).IsAuthorized)
        {
            link.CompleteAttach(attach, Faults.Unauthorized());
        }
        else if (!queues.TryFind(address, out var queue))
        {
            link.CompleteAttach(attach, Faults.NotFound(address ?? ""));
        }
        else
        {
            AttachReceiver(link, attach, queue);
        }
    }

    private void AttachReceiver(ListenerLink link, Attach attach, MessageQueue queue)
    {
        var filter = SessionFilter.Of((Source)attach.Source);
        if (filter.IsPresent != queue.Options.RequiresSession)
        {
            link.CompleteAttach(attach, new Error(ErrorCode.NotAllowed)
            {
                Description = filter.IsPresent
                    ? "A sessionful message receiver cannot be created on an entity that does not require sessions."
                    : "It is not possible for an entity that requires sessions to create a non-sessionful message receiver.",
            });
            return;
        }

        var mode = attach.SndSettleMode == SenderSettleMode.Settled ? ReceiveMode.ReceiveAndDelete : ReceiveMode.PeekLock;
        var endpoint = new ReceiverEndpoint(link, queue, mode, QueueDirectory.DeadLetterSource(queue.Name), Plan(queue), logger);
        var waiting = new WaitingAttach(link, attach);
        AmqpInternals.Initialize(link, endpoint, 0);
        link.AddClosedCallback((_, _) =>
        {
            waiting.Abandon();
            queue.Close(endpoint.Receiver);
        });
        if (!filter.IsPresent)
        {
            endpoint.TryAttach(waiting);
        }
        else if (filter.Id is { } id)
        {
            Answer(queue.Accept(endpoint.Receiver, id));
        }
        else
        {
            BrokerConnection.Of(link).AddWaiting(link, waiting);
            var waiter = queue.AcceptNext(endpoint.Receiver, SessionFilter.Wait(attach, DefaultWait), Answer);
            waiting.Cancelled = () => queue.StopWaiting(waiter);
            if (link.IsClosed)
            {
                queue.StopWaiting(waiter);
            }
        }

        void Answer(AcceptOutcome outcome)
        {
            if (outcome == AcceptOutcome.Accepted)
            {
                var session = endpoint.Receiver.Session!;
                SessionFilter.Answer(attach, session.Id, session.LockedUntil);
                if (!endpoint.TryAttach(waiting))
                {
                    queue.Close(endpoint.Receiver);
                }

                return;
            }

            waiting.TryAnswer(outcome == AcceptOutcome.TimedOut
                ? new Error(AmqpNames.Condition.Timeout) { Description = "No session had messages in time." }
                : new Error(AmqpNames.Condition.SessionCannotBeLocked) { Description = "The requested session cannot be accepted. It may be locked by another receiver." });
        }
    }

    private static void Complete(ListenerLink link, Attach attach, LinkEndpoint endpoint, uint credit)
    {
        AmqpInternals.Initialize(link, endpoint, credit);
        link.CompleteAttach(attach, null);
    }

    private FaultPlan Plan(MessageQueue queue) => new(faults, queue.Name, time);
}
