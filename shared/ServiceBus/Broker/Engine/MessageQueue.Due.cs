namespace Vivace.ServiceBus.Broker.Engine;

/// <summary>What happens by itself with time.</summary>
internal sealed partial class MessageQueue
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private void SetTimer(DateTimeOffset at)
    {
        var wait = at - context.Time.GetUtcNow();
        wait = wait > LongestTimer ? LongestTimer : wait;
        timerAt = at;

        // Timers count whole milliseconds; one that fired too early would only be set again, and one that is due at once
        // might fire within this call.
        timer.Change(TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(wait.TotalMilliseconds))), Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        var after = new Aftermath();
        lock (gate)
        {
            var now = context.Time.GetUtcNow();
            while (due.First is { } entry && entry.At <= now)
            {
                due.Remove(entry);
                OnDue(entry, now, ref after);
            }

            timerAt = DateTimeOffset.MaxValue;
            if (due.First is { } next)
            {
                SetTimer(next.At);
            }
        }

        after.Run();
    }

    private void OnDue(DueEntry entry, DateTimeOffset now, ref Aftermath after)
    {
        switch (entry.Kind)
        {
            case DueKind.MessageLock:
                Return((Delivery)entry.Owner, counts: true, now, ref after);
                break;
            case DueKind.SessionLock:
                LoseSession((MessageSession)entry.Owner, now, ref after);
                break;
            case DueKind.Expiry when entry.Owner is QueuedMessage { Stage: MessageStage.Available or MessageStage.Deferred } message:
                Expire(message, now);
                break;
            case DueKind.Schedule:
                Activate((QueuedMessage)entry.Owner, now, ref after);
                break;
            case DueKind.Reinstated:
                MakeAvailable((QueuedMessage)entry.Owner, now, ref after);
                break;
            case DueKind.AcceptTimeout:
                GiveUp((SessionWaiter)entry.Owner, ref after);
                break;
            case DueKind.DuplicateIds:
                ForgetDuplicates(now);
                break;
            default:
                // A message that expires while it is locked is looked at again when it comes back.
                break;
        }
    }

    private void Activate(QueuedMessage message, DateTimeOffset now, ref Aftermath after)
    {
        message.EnqueuedAt = now;
        context.Journal.Append([new JournalChange.MessagePut(message.ToStored(Name, StoredMessageState.Active))]);
        MakeAvailable(message, now, ref after);
    }

    private void Expire(QueuedMessage message, DateTimeOffset now)
    {
        if (deadLetters is not null && Options.DeadLetteringOnMessageExpiration)
        {
            MoveToDeadLetters(message, context.MarkDead(message.Encoded, DeadLetterReason.Expired), now);
            return;
        }

        Unlist(message);
        message.Encoded = default;
        (message.Session?.Available ?? available).Trim();
        context.Journal.Append([new JournalChange.MessageRemoved(Name, message.SequenceNumber)]);
    }

    private void ForgetDuplicates(DateTimeOffset now)
    {
        duplicates.ForgetUntil(now);
        context.Journal.Append([new JournalChange.DuplicateIdsForgotten(Name, now)]);
        WatchDuplicates();
    }

    /// <summary>A second later than the earliest needs, so that a busy queue forgets a second's worth at once.</summary>
    private void WatchDuplicates()
    {
        if (duplicates.Due.Index < 0 && duplicates.Earliest is { } earliest)
        {
            Due(duplicates.Due, earliest + TimeSpan.FromSeconds(1));
        }
    }
}
