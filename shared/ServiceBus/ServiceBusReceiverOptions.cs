namespace Vivace.ServiceBus;

public sealed class ServiceBusReceiverOptions
{
    /// <summary>Messages that the broker may send ahead. 0: as many as a call asks for.</summary>
    public int PrefetchCount { get; set; }

    public ServiceBusReceiveMode ReceiveMode { get; set; }

    public SubQueue SubQueue { get; set; }
}
