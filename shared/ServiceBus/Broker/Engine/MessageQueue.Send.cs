namespace Vivace.ServiceBus.Broker.Engine;

/// <summary>Messages come in.</summary>
internal sealed partial class MessageQueue
{
    /// <summary>Stores messages; <paramref name="done"/> is told when they are durable, and they are offered just before.</summary>
    public void Send(IReadOnlyList<IncomingMessage> incoming, Action<SendOutcome> done)
    {
        if (Options.RequiresSession && incoming.Any(m => m.SessionId is null))
        {
            done(new SendOutcome(QueueFault.SessionRequired, []));
            return;
        }

        lock (gate)
        {
            var now = context.Time.GetUtcNow();
            var staged = new QueuedMessage?[incoming.Count];
            for (var i = 0; i < staged.Length; i++)
            {
                staged[i] = Stage(incoming[i], now);
            }

            Append(fault =>
            {
                var outcome = Publish(staged, fault);
                done(LeansOnFailure(incoming, staged) ? new SendOutcome(QueueFault.Unavailable, []) : outcome);
            });
        }
    }

    /// <summary>Takes a message over; null when it is a duplicate.</summary>
    private QueuedMessage? Stage(IncomingMessage incoming, DateTimeOffset now)
    {
        if (Options.RequiresDuplicateDetection && incoming.MessageId is { } id)
        {
            if (duplicates.Contains(id, now))
            {
                return null;
            }

            var until = now + Options.DuplicateDetectionWindow;
            duplicates.Keep(id, until);
            WatchDuplicates();
            changes.Add(new JournalChange.DuplicateIdKept(Name, id, until));
        }

        var scheduled = incoming.ScheduledFor > now ? incoming.ScheduledFor : null;
        return Stage(
            new QueuedMessage
            {
                SequenceNumber = sequence.Next(changes),
                Encoded = incoming.Encoded,
                MessageId = incoming.MessageId,
                SessionId = incoming.SessionId,
                EnqueuedAt = now,
                ScheduledFor = scheduled,
                ExpiresAt = Expiry(incoming.TimeToLive, scheduled ?? now),
            });
    }

    private QueuedMessage Stage(QueuedMessage message)
    {
        changes.Add(new JournalChange.MessagePut(
            message.ToStored(Name, message.ScheduledFor is null ? StoredMessageState.Active : StoredMessageState.Scheduled)));
        return message;
    }

    private DateTimeOffset? Expiry(TimeSpan? asked, DateTimeOffset from)
    {
        var live = asked < Options.DefaultMessageTimeToLive ? asked : Options.DefaultMessageTimeToLive ?? asked;
        return live is { } time && time < DateTimeOffset.MaxValue - from ? from + time : null;
    }

    private SendOutcome Publish(QueuedMessage?[] staged, Exception? fault)
    {
        var after = new Aftermath();
        lock (gate)
        {
            var now = context.Time.GetUtcNow();
            foreach (var message in staged)
            {
                if (message is not null)
                {
                    Publish(message, fault is not null, now, ref after);
                }
            }
        }

        after.Run();
        return fault is null
            ? new SendOutcome(QueueFault.None, [.. staged.Select(m => m?.SequenceNumber ?? 0)])
            : new SendOutcome(QueueFault.Unavailable, []);
    }

    /// <summary>Whether a message was dropped as the duplicate of one that the journal did not take in the end.</summary>
    private bool LeansOnFailure(IReadOnlyList<IncomingMessage> incoming, QueuedMessage?[] staged)
    {
        if (staged.All(m => m is not null))
        {
            return false;
        }

        lock (gate)
        {
            var now = context.Time.GetUtcNow();
            return incoming.Where((m, i) => staged[i] is null && !duplicates.Contains(m.MessageId!, now)).Any();
        }
    }

    private void Publish(QueuedMessage message, bool failed, DateTimeOffset now, ref Aftermath after)
    {
        if (failed)
        {
            // Its sender will try again, and that is no duplicate.
            if (message.MessageId is { } id)
            {
                duplicates.Forget(id);
            }

            return;
        }

        List(message);
        if (message.ScheduledFor > now)
        {
            message.Stage = MessageStage.Scheduled;
            Due(message.Schedule, message.ScheduledFor.Value);
        }
        else
        {
            MakeAvailable(message, now, ref after);
        }
    }

    /// <summary>Hands the gathered changes to the journal, in whose order everything happens.</summary>
    private void Append(Action<Exception?>? done)
    {
        context.Journal.Append(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(changes), done);
        changes.Clear();
    }
}
