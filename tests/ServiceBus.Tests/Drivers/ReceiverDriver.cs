using System.Threading.Channels;
using Vivace.ServiceBus.Broker.Engine;

namespace Vivace.ServiceBus.Tests.Drivers;

/// <summary>A receiver that keeps what it is given.</summary>
internal sealed class ReceiverDriver : IReceiverPort
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly Channel<Delivery> deliveries = Channel.CreateUnbounded<Delivery>();

    public ReceiverDriver(MessageQueue queue, ReceiveMode mode)
    {
        Queue = queue;
        Receiver = new QueueReceiver(this, mode);
    }

    public MessageQueue Queue { get; }

    public QueueReceiver Receiver { get; }

    public List<int> Drains { get; } = [];

    public bool HasLostItsSession { get; private set; }

    /// <summary>What has been delivered and not been taken yet.</summary>
    public int Waiting => deliveries.Reader.Count;

    public Task<Delivery> NextAsync() => deliveries.Reader.ReadAsync().AsTask().WaitAsync(Limit);

    public async Task<string> NextBodyAsync() => EncodedMessage.Body((await NextAsync()).Encoded);

    public void AddCredit(int credit, bool drain = false) => Queue.AddCredit(Receiver, credit, drain);

    public void Close() => Queue.Close(Receiver);

    public void Deliver(Delivery delivery) => Assert.True(deliveries.Writer.TryWrite(delivery));

    /// <summary>What its peer calls it.</summary>
    public ReceiverName Name => new(this, "link");

    public bool IsOf(object connection, string linkName) => connection == this && linkName == "link";

    public void Drained(int credit) => Drains.Add(credit);

    public void SessionLockLost() => HasLostItsSession = true;
}
