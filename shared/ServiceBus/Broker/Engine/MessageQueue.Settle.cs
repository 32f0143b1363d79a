namespace Vivace.ServiceBus.Broker.Engine;

/// <summary>How deliveries end.</summary>
internal sealed partial class MessageQueue
{
    private static readonly TimeSpan ReinstateAfter = TimeSpan.FromSeconds(1);

    /// <summary>Settles a delivery; <paramref name="done"/> is told when that is durable, or at once when the lock is lost.</summary>
    public void Settle(Delivery delivery, Settlement settlement, Action<QueueFault> done)
    {
        var after = new Aftermath();
        lock (gate)
        {
            if (!delivery.IsHeld)
            {
                after.Do(() => done(delivery.Receiver?.Session is null ? QueueFault.MessageLockLost : QueueFault.SessionLockLost));
            }
            else
            {
                EndLock(delivery);
                delivery.Message.Encoded = settlement.Encoded ?? delivery.Message.Encoded;
                Settle(delivery, settlement, done, ref after);
            }
        }

        after.Run();
    }

    /// <summary>The delivery of a lock token, for settlements that come by it.</summary>
    public Delivery? Find(Guid lockToken)
    {
        lock (gate)
        {
            return locks.GetValueOrDefault(lockToken);
        }
    }

    private void Settle(Delivery delivery, Settlement settlement, Action<QueueFault> done, ref Aftermath after)
    {
        var now = context.Time.GetUtcNow();
        var message = delivery.Message;
        switch (settlement.Kind)
        {
            case SettlementKind.Complete:
                Unlist(message);
                changes.Add(new JournalChange.MessageRemoved(Name, message.SequenceNumber));
                Append(fault => Completed(message, fault, done));
                break;
            case SettlementKind.DeadLetter when deadLetters is not null:
                MoveToDeadLetters(message, message.Encoded, now, done);
                break;
            case SettlementKind.Defer:
                message.Stage = MessageStage.Deferred;
                changes.Add(new JournalChange.MessagePut(message.ToStored(Name, StoredMessageState.Deferred)));
                Append(fault => done(Told(fault)));
                break;
            default:
                if (settlement.Encoded is not null)
                {
                    var state = delivery.WasDeferred ? StoredMessageState.Deferred : StoredMessageState.Active;
                    context.Journal.Append([new JournalChange.MessagePut(message.ToStored(Name, state))]);
                }

                GoBack(delivery, counts: settlement.Kind != SettlementKind.Release, now, ref after);
                Append(fault => done(Told(fault)));
                break;
        }
    }

    private void Completed(QueuedMessage message, Exception? fault, Action<QueueFault> done)
    {
        if (fault is not null)
        {
            Reinstate(message);
        }

        done(Told(fault));
    }

    private static QueueFault Told(Exception? fault) => fault is null ? QueueFault.None : QueueFault.Unavailable;

    /// <summary>The journal still has it, so the queue has it again, but not at once: what failed would be tried again and again.</summary>
    private void Reinstate(QueuedMessage message)
    {
        lock (gate)
        {
            message.Session = null;
            message.Stage = MessageStage.Locked;
            List(message);
            Due(new DueEntry(message, DueKind.Reinstated), context.Time.GetUtcNow() + ReinstateAfter);
        }
    }

    /// <summary>Ends the lock and puts the message back.</summary>
    private void Return(Delivery delivery, bool counts, DateTimeOffset now, ref Aftermath after)
    {
        EndLock(delivery);
        GoBack(delivery, counts, now, ref after);
    }

    private void GoBack(Delivery delivery, bool counts, DateTimeOffset now, ref Aftermath after)
    {
        var message = delivery.Message;
        if (!counts)
        {
            message.DeliveryCount--;
            context.Journal.Append([new JournalChange.DeliveryCounted(Name, message.SequenceNumber, message.DeliveryCount)]);
        }

        if (delivery.WasDeferred)
        {
            message.Stage = MessageStage.Deferred;
        }
        else
        {
            MakeAvailable(message, now, ref after);
        }
    }

    private void EndLock(Delivery delivery)
    {
        delivery.IsHeld = false;
        locks.Remove(delivery.LockToken);
        delivery.Receiver?.Unsettled.Remove(delivery.Place);
        if (delivery.Message.Session is null)
        {
            due.Remove(delivery.Expiry);
        }
    }

    /// <summary>One write takes the message out of this queue and puts it into the other; there it is seen when that is durable.</summary>
    private void MoveToDeadLetters(QueuedMessage message, ReadOnlyMemory<byte> encoded, DateTimeOffset now, Action<QueueFault>? done = null)
    {
        var target = deadLetters!;
        Unlist(message);
        lock (target.gate)
        {
            var dead = target.Stage(new QueuedMessage
            {
                SequenceNumber = target.sequence.Next(target.changes),
                Encoded = encoded,
                MessageId = message.MessageId,
                SessionId = message.SessionId,
                EnqueuedAt = now,
                DeliveryCount = message.DeliveryCount,
            });
            target.changes.Add(new JournalChange.MessageRemoved(Name, message.SequenceNumber));
            target.Append(fault =>
            {
                target.Publish([dead], fault);
                if (fault is not null)
                {
                    Reinstate(message);
                }

                done?.Invoke(Told(fault));
            });
        }
    }
}
