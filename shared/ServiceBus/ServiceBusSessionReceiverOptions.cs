namespace Vivace.ServiceBus;

public sealed class ServiceBusSessionReceiverOptions
{
    /// <summary>Messages that the broker may send ahead. 0: as many as a call asks for.</summary>
    public int PrefetchCount { get; set; }

    public ServiceBusReceiveMode ReceiveMode { get; set; }
}
