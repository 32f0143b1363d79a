using System.Collections.Concurrent;

namespace Vivace.ServiceBus.Broker.Engine;

/// <summary>
/// A receiver of a queue. What it is to get is decided under the queue's lock and handed over outside of it, in the order in
/// which it was decided.
/// </summary>
internal sealed class QueueReceiver
{
    private readonly ConcurrentQueue<Item> outbox = new();
    private readonly IReceiverPort port;
    private int flushing;

    public QueueReceiver(IReceiverPort port, ReceiveMode mode)
    {
        this.port = port;
        Mode = mode;
        Hungry = new(this);
    }

    public ReceiveMode Mode { get; }

    /// <summary>Guarded by the queue's lock, as are all that follow.</summary>
    public int Credit { get; set; }

    public bool IsClosed { get; set; }

    public MessageSession? Session { get; set; }

    public LinkedList<Delivery> Unsettled { get; } = new();

    /// <summary>Its place in the line of receivers with credit.</summary>
    public LinkedListNode<QueueReceiver> Hungry { get; }

    /// <param name="asker">Whoever asks on behalf of a receiver; null: it does not say on whose.</param>
    public bool Is(ReceiverName? asker) => asker is not { } name || port.IsOf(name.Connection, name.LinkName);

    public void Enqueue(Delivery delivery) => outbox.Enqueue(new Item(delivery, 0));

    public void EnqueueDrained(int credit) => outbox.Enqueue(new Item(null, credit));

    public void EnqueueLockLost() => outbox.Enqueue(default);

    /// <summary>Hands over what waits, unless another thread is at it, which then goes on.</summary>
    public void Flush()
    {
        while (!outbox.IsEmpty && Interlocked.CompareExchange(ref flushing, 1, 0) == 0)
        {
            try
            {
                while (outbox.TryDequeue(out var item))
                {
                    HandOver(item);
                }
            }
            finally
            {
                Interlocked.Exchange(ref flushing, 0);
            }
        }
    }

    private void HandOver(Item item)
    {
        if (item.Delivery is { } delivery)
        {
            port.Deliver(delivery);
        }
        else if (item.Drained is { } credit)
        {
            port.Drained(credit);
        }
        else
        {
            port.SessionLockLost();
        }
    }

    private readonly record struct Item(Delivery? Delivery, int? Drained);
}
