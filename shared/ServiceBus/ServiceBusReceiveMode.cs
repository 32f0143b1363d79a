namespace Vivace.ServiceBus;

public enum ServiceBusReceiveMode
{
    /// <summary>A message is locked until it is settled.</summary>
    PeekLock,

    /// <summary>A message is gone once it is sent to the receiver.</summary>
    ReceiveAndDelete,
}
