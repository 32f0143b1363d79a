namespace Vivace.ServiceBus.Broker.Engine;

/// <summary>Takes up what the journal kept; before anybody is let in.</summary>
internal sealed partial class MessageQueue
{
    public void LoadSequence(long next) => sequence.Load(next);

    public void Load(JournalChange.SessionStateSet kept) => Session(kept.SessionId).State = kept.State;

    public void Load(JournalChange.DuplicateIdKept kept)
    {
        lock (gate)
        {
            if (kept.Until > context.Time.GetUtcNow())
            {
                duplicates.Keep(kept.MessageId, kept.Until);
                WatchDuplicates();
            }
        }
    }

    public void Load(StoredMessage stored)
    {
        var after = new Aftermath();
        lock (gate)
        {
            var now = context.Time.GetUtcNow();
            var message = new QueuedMessage
            {
                SequenceNumber = stored.SequenceNumber,
                Encoded = stored.Encoded,
                SessionId = stored.SessionId,
                EnqueuedAt = stored.EnqueuedAt,
                ScheduledFor = stored.ScheduledFor,
                ExpiresAt = stored.ExpiresAt,
                DeliveryCount = stored.DeliveryCount,
            };
            sequence.Load(message.SequenceNumber + 1);
            List(message);
            switch (stored.State)
            {
                case StoredMessageState.Scheduled:
                    message.Stage = MessageStage.Scheduled;
                    Due(message.Schedule, message.ScheduledFor ?? now);
                    break;
                case StoredMessageState.Deferred:
                    message.Stage = MessageStage.Deferred;
                    break;
                default:
                    MakeAvailable(message, now, ref after);
                    break;
            }
        }

        after.Run();
    }
}
