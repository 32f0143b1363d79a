namespace Vivace.ServiceBus.Broker;

/// <summary>The kinds of <see cref="BrokerFault"/>.</summary>
public enum BrokerFaultKind
{
    None,
    DropConnection,
    CloseConnection,
    DetachLink,
    Delay,
    Duplicate,
    ServerBusy,
}
