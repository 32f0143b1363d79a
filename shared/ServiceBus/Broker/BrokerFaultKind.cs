namespace Vivace.ServiceBus.Broker;

/// <summary>The kinds of <see cref="BrokerFault"/>.</summary>
public enum BrokerFaultKind
{
    /// <summary>Nothing goes wrong.</summary>
    None,

    /// <summary>The connection is cut without a word.</summary>
    DropConnection,

    /// <summary>The connection is closed with an error.</summary>
    CloseConnection,

    /// <summary>The link is detached with an error.</summary>
    DetachLink,

    /// <summary>It happens later.</summary>
    Delay,

    /// <summary>It happens twice.</summary>
    Duplicate,

    /// <summary>It is refused, the broker being busy.</summary>
    ServerBusy,
}
