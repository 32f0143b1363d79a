namespace Vivace.ServiceBus;

/// <summary>What receiving a message does to it.</summary>
public enum ServiceBusReceiveMode
{
    /// <summary>A message is locked until it is settled.</summary>
    PeekLock,

    /// <summary>A message is gone once it is sent to the receiver; it cannot be settled.</summary>
    ReceiveAndDelete,
}
