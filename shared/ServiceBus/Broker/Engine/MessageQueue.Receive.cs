namespace Vivace.ServiceBus.Broker.Engine;

/// <summary>Receivers and what they are given.</summary>
internal sealed partial class MessageQueue
{
    /// <summary>Changes a receiver's credit and gives it what there is.</summary>
    /// <param name="drain">What credit is left then is void.</param>
    public void AddCredit(QueueReceiver receiver, int credit, bool drain = false)
    {
        var after = new Aftermath();
        lock (gate)
        {
            if (receiver.IsClosed)
            {
                return;
            }

            receiver.Credit += credit;
            Offer(receiver, ref after);
            if (drain)
            {
                receiver.EnqueueDrained(Math.Max(receiver.Credit, 0));
                receiver.Credit = Math.Min(receiver.Credit, 0);
                LeaveLine(receiver);
                after.Flush(receiver);
            }
        }

        after.Run();
    }

    /// <summary>Uses up credit for something that is none of the queue's messages; false where there is none.</summary>
    public bool TryUseCredit(QueueReceiver receiver)
    {
        lock (gate)
        {
            if (receiver.Credit <= 0)
            {
                return false;
            }

            if (--receiver.Credit == 0)
            {
                LeaveLine(receiver);
            }

            return true;
        }
    }

    /// <summary>Ends a receiver: what it has not settled goes back as though it had never been delivered, and its session is free.</summary>
    public void Close(QueueReceiver receiver)
    {
        var after = new Aftermath();
        lock (gate)
        {
            if (!receiver.IsClosed)
            {
                CloseReceiver(receiver, counts: false, context.Time.GetUtcNow(), ref after);
            }
        }

        after.Run();
    }

    private void CloseReceiver(QueueReceiver receiver, bool counts, DateTimeOffset now, ref Aftermath after)
    {
        receiver.IsClosed = true;
        LeaveLine(receiver);
        var session = receiver.Session;
        if (session is not null)
        {
            session.Holder = null;
            due.Remove(session.Lock);
        }

        while (receiver.Unsettled.First is { } unsettled)
        {
            Return(unsettled.Value, counts, now, ref after);
        }

        if (session is not null)
        {
            Offer(session, ref after);
            ForgetIfIdle(session);
        }
    }

    private void Offer(QueueReceiver receiver, ref Aftermath after)
    {
        if (receiver.Session is { } session)
        {
            Offer(session, ref after);
            return;
        }

        if (receiver.Credit > 0 && receiver.Hungry.List is null)
        {
            hungry.AddLast(receiver.Hungry);
        }
        else if (receiver.Credit <= 0)
        {
            LeaveLine(receiver);
        }

        Offer(ref after);
    }

    /// <summary>Deals messages to the receivers with credit, in turn.</summary>
    private void Offer(ref Aftermath after)
    {
        while (hungry.First is { } first && available.TryTake(out var message))
        {
            var receiver = first.Value;
            hungry.RemoveFirst();
            Assign(receiver, message, context.Time.GetUtcNow() + Options.LockDuration, ref after);
            if (receiver.Credit > 0)
            {
                hungry.AddLast(first);
            }
        }
    }

    private void Assign(QueueReceiver receiver, QueuedMessage message, DateTimeOffset until, ref Aftermath after)
    {
        receiver.Credit--;
        message.DeliveryCount++;
        after.Flush(receiver);
        if (receiver.Mode == ReceiveMode.ReceiveAndDelete)
        {
            receiver.Enqueue(new Delivery(message, context.Ids.Next(), receiver, until));
            Unlist(message);
            context.Journal.Append([new JournalChange.MessageRemoved(Name, message.SequenceNumber)]);
            return;
        }

        receiver.Enqueue(Lock(message, receiver, until));
        context.Journal.Append([new JournalChange.DeliveryCounted(Name, message.SequenceNumber, message.DeliveryCount)]);
    }

    private Delivery Lock(QueuedMessage message, QueueReceiver? receiver, DateTimeOffset until)
    {
        var delivery = new Delivery(message, context.Ids.Next(), receiver, until) { IsHeld = true, WasDeferred = message.Stage == MessageStage.Deferred };
        message.Stage = MessageStage.Locked;
        locks.Add(delivery.LockToken, delivery);
        receiver?.Unsettled.AddLast(delivery.Place);
        if (message.Session is null)
        {
            Due(delivery.Expiry, until);
        }

        return delivery;
    }

    private void LeaveLine(QueueReceiver receiver)
    {
        if (receiver.Hungry.List is not null)
        {
            hungry.Remove(receiver.Hungry);
        }
    }
}
