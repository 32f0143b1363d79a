namespace Vivace.ServiceBus;

/// <summary>What a processor was doing when it failed.</summary>
public enum ServiceBusErrorSource
{
    Receive,
    AcceptSession,
    ProcessMessageCallback,
    Complete,
    Abandon,
    RenewLock,
}
