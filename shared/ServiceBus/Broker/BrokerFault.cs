namespace Vivace.ServiceBus.Broker;

/// <summary>What goes wrong at a point.</summary>
public sealed record BrokerFault
{
    private BrokerFault(BrokerFaultKind kind, TimeSpan delay = default) => (Kind, Delay) = (kind, delay);

    public static BrokerFault None { get; } = new(BrokerFaultKind.None);

    public static BrokerFault DropConnection { get; } = new(BrokerFaultKind.DropConnection);

    public static BrokerFault DetachLink { get; } = new(BrokerFaultKind.DetachLink);

    /// <summary>Sends what is about to be sent twice: a transfer is stored twice, a delivery offered twice.</summary>
    public static BrokerFault Duplicate { get; } = new(BrokerFaultKind.Duplicate);

    /// <summary>Refuses with <c>com.microsoft:server-busy</c>.</summary>
    public static BrokerFault ServerBusy { get; } = new(BrokerFaultKind.ServerBusy);

    public BrokerFaultKind Kind { get; }

    public TimeSpan Delay { get; }

    public static BrokerFault DelayBy(TimeSpan delay) => new(BrokerFaultKind.Delay, delay);
}
