namespace Vivace.ServiceBus.Broker;

/// <summary>What goes wrong at a point.</summary>
public sealed record BrokerFault
{
    private BrokerFault(BrokerFaultKind kind, TimeSpan delay = default) => (Kind, Delay) = (kind, delay);

    public static BrokerFault None { get; } = new(BrokerFaultKind.None);

    /// <summary>Cuts the connection without a word, as a killed process would.</summary>
    public static BrokerFault DropConnection { get; } = new(BrokerFaultKind.DropConnection);

    /// <summary>Closes the connection with <c>amqp:connection:forced</c>, as the service does.</summary>
    public static BrokerFault CloseConnection { get; } = new(BrokerFaultKind.CloseConnection);

    public static BrokerFault DetachLink { get; } = new(BrokerFaultKind.DetachLink);

    /// <summary>Sends what is about to be sent twice: a transfer is stored twice, a delivery offered twice.</summary>
    public static BrokerFault Duplicate { get; } = new(BrokerFaultKind.Duplicate);

    /// <summary>Refuses with <c>com.microsoft:server-busy</c>.</summary>
    public static BrokerFault ServerBusy { get; } = new(BrokerFaultKind.ServerBusy);

    public BrokerFaultKind Kind { get; }

    public TimeSpan Delay { get; }

    public static BrokerFault DelayBy(TimeSpan delay) => new(BrokerFaultKind.Delay, delay);
}
