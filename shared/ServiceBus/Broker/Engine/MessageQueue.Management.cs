namespace Vivace.ServiceBus.Broker.Engine;

/// <summary>What is asked of a queue beside sending and receiving.</summary>
internal sealed partial class MessageQueue
{
    /// <summary>The new end of a message's lock, or null when it is lost.</summary>
    public DateTimeOffset? RenewLock(Guid lockToken)
    {
        lock (gate)
        {
            if (!locks.TryGetValue(lockToken, out var delivery))
            {
                return null;
            }

            if (delivery.Message.Session is { } session)
            {
                return session.LockedUntil;
            }

            var until = context.Time.GetUtcNow() + Options.LockDuration;
            Due(delivery.Expiry, until);
            return until;
        }
    }

    /// <summary>The new end of a session's lock, or null when the asker does not hold it.</summary>
    public DateTimeOffset? RenewSessionLock(string sessionId, ReceiverName? asker)
    {
        lock (gate)
        {
            if (Held(sessionId, asker) is not { } session)
            {
                return null;
            }

            session.LockedUntil = context.Time.GetUtcNow() + Options.LockDuration;
            Due(session.Lock, session.LockedUntil);
            return session.LockedUntil;
        }
    }

    public (QueueFault Fault, ReadOnlyMemory<byte>? State) GetSessionState(string sessionId, ReceiverName? asker)
    {
        lock (gate)
        {
            return Held(sessionId, asker) is { } session ? (QueueFault.None, session.State) : (QueueFault.SessionLockLost, null);
        }
    }

    /// <param name="state">Null removes it.</param>
    public void SetSessionState(string sessionId, ReceiverName? asker, ReadOnlyMemory<byte>? state, Action<QueueFault> done)
    {
        lock (gate)
        {
            if (Held(sessionId, asker) is { } session)
            {
                session.State = state;
                context.Journal.Append([new JournalChange.SessionStateSet(Name, sessionId, state)], fault => done(Told(fault)));
                return;
            }
        }

        done(QueueFault.SessionLockLost);
    }

    /// <summary>Takes a scheduled message back.</summary>
    public void CancelScheduled(IReadOnlyList<long> sequenceNumbers, Action<QueueFault> done)
    {
        lock (gate)
        {
            var messages = sequenceNumbers.Select(n => bySequence.GetValueOrDefault(n)).ToList();
            if (messages.All(m => m?.Stage == MessageStage.Scheduled))
            {
                foreach (var message in messages)
                {
                    due.Remove(message!.Schedule);
                    Unlist(message);
                    changes.Add(new JournalChange.MessageRemoved(Name, message.SequenceNumber));
                }

                Append(fault => done(Told(fault)));
                return;
            }
        }

        done(QueueFault.MessageNotFound);
    }

    /// <summary>Messages from a sequence number on, without locking them.</summary>
    public IReadOnlyList<PeekedMessage> Peek(long from, int most, string? sessionId)
    {
        lock (gate)
        {
            var peeked = new List<PeekedMessage>();
            for (var node = FirstFrom(from, sessionId); node is not null && peeked.Count < most; node = node.Next)
            {
                if (node.Value.SequenceNumber >= from)
                {
                    peeked.Add(new PeekedMessage(node.Value, node.Value.Encoded, node.Value.DeliveryCount, State(node.Value)));
                }
            }

            return peeked;
        }
    }

    /// <summary>Locks deferred messages, or takes them.</summary>
    public (QueueFault Fault, IReadOnlyList<Delivery> Deliveries) ReceiveDeferred(IReadOnlyList<long> sequenceNumbers, ReceiveMode mode, string? sessionId)
    {
        lock (gate)
        {
            var session = sessionId is null ? null : sessions.GetValueOrDefault(sessionId);
            if (Options.RequiresSession && session?.Holder is null)
            {
                return (QueueFault.SessionLockLost, []);
            }

            var messages = sequenceNumbers.Select(n => bySequence.GetValueOrDefault(n)).ToList();
            if (messages.Any(m => m?.Stage != MessageStage.Deferred || m.Session != session))
            {
                return (QueueFault.MessageNotFound, []);
            }

            return (QueueFault.None, [.. messages.Select(m => TakeDeferred(m!, mode, session))]);
        }
    }

    /// <summary>Ids of sessions, in no order.</summary>
    public IReadOnlyList<string> Sessions(int skip, int most)
    {
        lock (gate)
        {
            return [.. sessions.Keys.Skip(skip).Take(most)];
        }
    }

    /// <summary>The session, if the asker holds it.</summary>
    private MessageSession? Held(string sessionId, ReceiverName? asker)
        => sessions.GetValueOrDefault(sessionId) is { Holder: { } holder } session && holder.Is(asker) ? session : null;

    private Delivery TakeDeferred(QueuedMessage message, ReceiveMode mode, MessageSession? session)
    {
        var until = session?.LockedUntil ?? (context.Time.GetUtcNow() + Options.LockDuration);
        message.DeliveryCount++;
        if (mode == ReceiveMode.PeekLock)
        {
            context.Journal.Append([new JournalChange.DeliveryCounted(Name, message.SequenceNumber, message.DeliveryCount)]);
            return Lock(message, session?.Holder, until);
        }

        Unlist(message);
        context.Journal.Append([new JournalChange.MessageRemoved(Name, message.SequenceNumber)]);
        return new Delivery(message, Guid.Empty, null, until);
    }

    /// <summary>Whoever pages through the messages names the one after the last, whose place is known.</summary>
    private LinkedListNode<QueuedMessage>? FirstFrom(long from, string? sessionId)
    {
        if (sessionId is not null && Options.RequiresSession)
        {
            return sessions.GetValueOrDefault(sessionId)?.Messages.First;
        }

        return bySequence.TryGetValue(from, out var message) ? message.Place
            : bySequence.TryGetValue(from - 1, out message) ? message.Place.Next
            : all.First;
    }

    private static StoredMessageState State(QueuedMessage message) => message.Stage switch
    {
        MessageStage.Scheduled => StoredMessageState.Scheduled,
        MessageStage.Deferred => StoredMessageState.Deferred,
        _ => StoredMessageState.Active,
    };
}
