using Amqp;
using Vivace.ServiceBus.Broker.Engine;
using Vivace.ServiceBus.Wire;

namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>Answers the requests of a queue's <c>$management</c> (Microsoft's "AMQP request-response based operations").</summary>
internal sealed class ManagementNode(MessageQueue queue, string? deadLetterSource, UniqueIds ids) : IRequestNode
{
    private const int MostPeeked = 250;

    public void Handle(BrokerConnection connection, Message request, Action<Message> answer)
    {
        try
        {
            Handle(connection, new ManagementRequest(request), answer);
        }
        catch (Exception e) when (e is InvalidDataException or InvalidCastException or ArgumentException)
        {
            answer(ManagementReply.Of(Faults.Malformed(e.Message)));
        }
    }

    private void Handle(BrokerConnection connection, ManagementRequest request, Action<Message> answer)
    {
        var asker = request.LinkName is { } name ? new ReceiverName(connection, name) : (ReceiverName?)null;
        switch (request.Operation)
        {
            case AmqpNames.Operation.RenewLock:
                answer(RenewLocks(request.LockTokens));
                break;
            case AmqpNames.Operation.RenewSessionLock:
                answer(queue.RenewSessionLock(request.RequiredSessionId, asker) is { } until
                    ? ManagementReply.Of("expiration", until.UtcDateTime)
                    : ManagementReply.Of(Faults.Of(QueueFault.SessionLockLost)));
                break;
            case AmqpNames.Operation.GetSessionState:
                answer(SessionState(request.RequiredSessionId, asker));
                break;
            case AmqpNames.Operation.SetSessionState:
                queue.SetSessionState(request.RequiredSessionId, asker, request.SessionState, fault => answer(ManagementReply.Of(fault)));
                break;
            case AmqpNames.Operation.ScheduleMessage:
                queue.Send(
                    [.. request.Messages.Select(m => MessageIdentity.Ensure(MessageParser.Single(m), ids))],
                    outcome => answer(outcome.Fault == QueueFault.None
                        ? ManagementReply.Of("sequence-numbers", outcome.SequenceNumbers.ToArray())
                        : ManagementReply.Of(outcome.Fault)));
                break;
            case AmqpNames.Operation.CancelScheduledMessage:
                queue.CancelScheduled(request.SequenceNumbers, fault => answer(ManagementReply.Of(fault)));
                break;
            case AmqpNames.Operation.PeekMessage:
                var peeked = queue.Peek(request.FromSequenceNumber, Math.Min(request.MessageCount, MostPeeked), request.SessionId);
                answer(ManagementReply.WithMessages(peeked.Select(p => ManagementReply.Message(Stamp(p), null))));
                break;
            case AmqpNames.Operation.ReceiveBySequenceNumber:
                answer(ReceiveDeferred(request));
                break;
            case AmqpNames.Operation.UpdateDisposition:
                Settle(request, answer);
                break;
            case AmqpNames.Operation.GetMessageSessions:
                answer(Sessions(request));
                break;
            default:
                answer(ManagementReply.Of(Faults.Malformed($"The operation {request.Operation} is not known.")));
                break;
        }
    }

    private Message RenewLocks(IReadOnlyList<Guid> tokens)
    {
        var ends = tokens.Select(queue.RenewLock).ToList();
        return ends.Any(end => end is null)
            ? ManagementReply.Of(Faults.Of(QueueFault.MessageLockLost))
            : ManagementReply.Of("expirations", ends.Select(end => end!.Value.UtcDateTime).ToArray());
    }

    private Message SessionState(string sessionId, ReceiverName? asker)
    {
        var (fault, state) = queue.GetSessionState(sessionId, asker);
        return fault == QueueFault.None ? ManagementReply.Of("session-state", state?.ToArray()) : ManagementReply.Of(fault);
    }

    private Message ReceiveDeferred(ManagementRequest request)
    {
        var (fault, deliveries) = queue.ReceiveDeferred(request.SequenceNumbers, request.Mode, request.SessionId);
        return fault == QueueFault.None
            ? ManagementReply.WithMessages(deliveries.Select(d => ManagementReply.Message(Stamp(d), request.Mode == ReceiveMode.PeekLock ? d.LockToken : null)))
            : ManagementReply.Of(fault);
    }

    private void Settle(ManagementRequest request, Action<Message> answer)
    {
        var deliveries = request.LockTokens.Select(queue.Find).ToList();
        if (deliveries.Count == 0 || deliveries.Any(d => d is null))
        {
            answer(ManagementReply.Of(request.SessionId is null ? QueueFault.MessageLockLost : QueueFault.SessionLockLost));
            return;
        }

        var left = deliveries.Count;
        var worst = QueueFault.None;
        foreach (var delivery in deliveries)
        {
            queue.Settle(delivery!, request.Settlement(delivery!.Encoded), fault =>
            {
                worst = fault == QueueFault.None ? worst : fault;
                if (Interlocked.Decrement(ref left) == 0)
                {
                    answer(ManagementReply.Of(worst));
                }
            });
        }
    }

    private Message Sessions(ManagementRequest request)
    {
        var ids = queue.Sessions(request.Skip, request.Top);
        return ids.Count == 0
            ? ManagementReply.WithMessages([])
            : ManagementReply.WithBody(new() { ["skip"] = request.Skip + ids.Count, ["sessions-ids"] = ids.ToArray() });
    }

    private ReadOnlyMemory<byte> Stamp(PeekedMessage peeked) => MessageStamper.Stamp(
        peeked.Encoded.Span,
        new DeliveryStamp(peeked.Message.SequenceNumber, peeked.Message.EnqueuedAt, null, peeked.DeliveryCount, peeked.State, deadLetterSource)).ToMemory();

    private ReadOnlyMemory<byte> Stamp(Delivery delivery) => MessageStamper.Stamp(
        delivery.Encoded.Span,
        new DeliveryStamp(
            delivery.Message.SequenceNumber, delivery.Message.EnqueuedAt, delivery.LockedUntil, delivery.Count - 1, StoredMessageState.Deferred, deadLetterSource)).ToMemory();
}
