namespace Vivace.ServiceBus;

/// <summary>How a <see cref="ServiceBusSessionReceiver"/> receives.</summary>
public sealed class ServiceBusSessionReceiverOptions
{
    /// <summary>
    /// Messages that the broker may send ahead, as soon as the session is accepted; the session's lock holds them. Default 0, and
    /// below: as many as a call asks for.
    /// </summary>
    public int PrefetchCount { get; set; }

    /// <summary>Whether messages are locked or gone once they are sent. Default <see cref="ServiceBusReceiveMode.PeekLock"/>.</summary>
    public ServiceBusReceiveMode ReceiveMode { get; set; }
}
