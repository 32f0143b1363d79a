namespace Vivace.ServiceBus;

/// <summary>What a <see cref="ServiceBusReceiver"/> receives, and how.</summary>
public sealed class ServiceBusReceiverOptions
{
    /// <summary>
    /// Messages that the broker may send ahead, from the first call on; their locks run while they wait, and one whose lock has
    /// ended is not handed on. Default 0, and below: as many as a call asks for.
    /// </summary>
    public int PrefetchCount { get; set; }

    /// <summary>Whether messages are locked or gone once they are sent. Default <see cref="ServiceBusReceiveMode.PeekLock"/>.</summary>
    public ServiceBusReceiveMode ReceiveMode { get; set; }

    /// <summary>The queue itself or its dead letters. Default <see cref="SubQueue.None"/>.</summary>
    public SubQueue SubQueue { get; set; }
}
