namespace Vivace.ServiceBus.Broker.Engine;

/// <summary>Sessions and who holds them.</summary>
internal sealed partial class MessageQueue
{
    private readonly Dictionary<string, MessageSession> sessions = new(StringComparer.Ordinal);
    private readonly LinkedList<MessageSession> ready = new();
    private readonly LinkedList<SessionWaiter> waiters = new();

    /// <summary>Locks a session by its id.</summary>
    public AcceptOutcome Accept(QueueReceiver receiver, string sessionId)
    {
        lock (gate)
        {
            if (receiver.IsClosed || sessions.GetValueOrDefault(sessionId)?.Holder is not null)
            {
                return AcceptOutcome.CannotBeLocked;
            }

            Hold(Session(sessionId), receiver);
            return AcceptOutcome.Accepted;
        }
    }

    /// <summary>Locks the next session that has messages, waiting for one if need be.</summary>
    /// <param name="done">Told once, perhaps before this returns.</param>
    /// <returns>What <see cref="StopWaiting"/> takes.</returns>
    public SessionWaiter AcceptNext(QueueReceiver receiver, TimeSpan wait, Action<AcceptOutcome> done)
    {
        var waiter = new SessionWaiter(receiver, done);
        var after = new Aftermath();
        lock (gate)
        {
            if (receiver.IsClosed)
            {
                return waiter;
            }

            if (NextReady() is { } session)
            {
                Hold(session, receiver);
                after.Do(() => done(AcceptOutcome.Accepted));
            }
            else
            {
                waiters.AddLast(waiter.Place);
                Due(waiter.Timeout, context.Time.GetUtcNow() + wait);
            }
        }

        after.Run();
        return waiter;
    }

    /// <summary>The receiver has gone; it is not told.</summary>
    public void StopWaiting(SessionWaiter waiter)
    {
        lock (gate)
        {
            if (waiter.Place.List is not null)
            {
                waiters.Remove(waiter.Place);
                due.Remove(waiter.Timeout);
            }
        }
    }

    private MessageSession? NextReady()
    {
        while (ready.First is { Value: var session })
        {
            ready.RemoveFirst();
            if (!session.Available.IsEmpty)
            {
                return session;
            }
        }

        return null;
    }

    private void Hold(MessageSession session, QueueReceiver receiver)
    {
        LeaveLine(session);
        session.Holder = receiver;
        session.LockedUntil = context.Time.GetUtcNow() + Options.LockDuration;
        receiver.Session = session;
        Due(session.Lock, session.LockedUntil);
    }

    /// <summary>Gives a session's messages to its holder; without one the session is offered whole.</summary>
    private void Offer(MessageSession session, ref Aftermath after)
    {
        if (session.Holder is { } holder)
        {
            while (holder.Credit > 0 && session.Available.TryTake(out var message))
            {
                Assign(holder, message, session.LockedUntil, ref after);
            }

            return;
        }

        if (session.Ready.List is not null || session.Available.IsEmpty)
        {
            return;
        }

        while (waiters.First is { } first)
        {
            waiters.RemoveFirst();
            due.Remove(first.Value.Timeout);
            if (first.Value.Receiver.IsClosed)
            {
                continue;
            }

            Hold(session, first.Value.Receiver);
            after.Do(() => first.Value.Done(AcceptOutcome.Accepted));
            return;
        }

        ready.AddLast(session.Ready);
    }

    private void LoseSession(MessageSession session, DateTimeOffset now, ref Aftermath after)
    {
        if (session.Holder is { } holder)
        {
            CloseReceiver(holder, counts: true, now, ref after);
            holder.EnqueueLockLost();
            after.Flush(holder);
        }
    }

    private void GiveUp(SessionWaiter waiter, ref Aftermath after)
    {
        if (waiter.Place.List is not null)
        {
            waiters.Remove(waiter.Place);
            after.Do(() => waiter.Done(AcceptOutcome.TimedOut));
        }
    }

    private MessageSession Session(string id)
    {
        if (!sessions.TryGetValue(id, out var session))
        {
            sessions.Add(id, session = new MessageSession(id));
        }

        return session;
    }

    private void ForgetIfIdle(MessageSession session)
    {
        if (session is { Holder: null, State: null, Messages.Count: 0 } && sessions.GetValueOrDefault(session.Id) == session)
        {
            sessions.Remove(session.Id);
            LeaveLine(session);
        }
    }

    private void LeaveLine(MessageSession session)
    {
        if (session.Ready.List is not null)
        {
            ready.Remove(session.Ready);
        }
    }
}
