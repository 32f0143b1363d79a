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
            while (heap.TryPeek(out var message, out _))
            {
                if (message.Stage == MessageStage.Available)
                {
                    return false;
                }

                heap.Dequeue();
            }

            return true;
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
