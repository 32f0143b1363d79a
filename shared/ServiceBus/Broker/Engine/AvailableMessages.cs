using System.Diagnostics.CodeAnalysis;

namespace Vivace.ServiceBus.Broker.Engine;

/// <summary>Messages that may be delivered, in order of sequence numbers. One that has left the stage meanwhile is skipped.</summary>
internal sealed class AvailableMessages
{
    private readonly PriorityQueue<QueuedMessage, long> heap = new();

    public void Add(QueuedMessage message) => heap.Enqueue(message, message.SequenceNumber);

    public bool IsEmpty
    {
        get
        {
            Trim();
            return heap.Count == 0;
        }
    }

    /// <summary>Lets go of those in front that cannot be delivered any more.</summary>
    public void Trim()
    {
        while (heap.TryPeek(out var message, out _) && message.Stage != MessageStage.Available)
        {
            heap.Dequeue();
        }
    }

    public bool TryTake([NotNullWhen(true)] out QueuedMessage? message)
    {
        while (heap.TryDequeue(out message, out _))
        {
            if (message.Stage == MessageStage.Available)
            {
                return true;
            }
        }

        return false;
    }
}
