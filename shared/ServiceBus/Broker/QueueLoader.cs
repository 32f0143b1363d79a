using Vivace.ServiceBus.Broker.Listening;

namespace Vivace.ServiceBus.Broker;

/// <summary>Gives the queues what the journal kept. What belongs to a queue that is no longer configured stays in the journal.</summary>
internal static class QueueLoader
{
    public static void Load(QueueDirectory queues, BrokerSnapshot snapshot)
    {
        foreach (var sequence in snapshot.Sequences)
        {
            if (queues.TryFind(sequence.Queue, out var queue))
            {
                queue.LoadSequence(sequence.Next);
            }
        }

        foreach (var duplicate in snapshot.DuplicateIds)
        {
            if (queues.TryFind(duplicate.Queue, out var queue))
            {
                queue.Load(duplicate);
            }
        }

        foreach (var state in snapshot.SessionStates)
        {
            if (queues.TryFind(state.Queue, out var queue))
            {
                queue.Load(state);
            }
        }

        foreach (var message in snapshot.Messages)
        {
            if (queues.TryFind(message.Queue, out var queue))
            {
                queue.Load(message);
            }
        }
    }
}
