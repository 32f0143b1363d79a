namespace Vivace.ServiceBus.Broker;

/// <summary>What goes wrong at a point. One that has no meaning there does nothing.</summary>
public sealed record BrokerFault
{
    private BrokerFault(BrokerFaultKind kind, TimeSpan delay = default) => (Kind, Delay) = (kind, delay);

    /// <summary>Nothing.</summary>
    public static BrokerFault None { get; } = new(BrokerFaultKind.None);

    /// <summary>Cuts the connection without a word, as a killed process would.</summary>
    public static BrokerFault DropConnection { get; } = new(BrokerFaultKind.DropConnection);

    /// <summary>Closes the connection with <c>amqp:connection:forced</c>, as the service does.</summary>
    public static BrokerFault CloseConnection { get; } = new(BrokerFaultKind.CloseConnection);

    /// <summary>Detaches the link with <c>amqp:link:detach-forced</c>; the connection stays.</summary>
    public static BrokerFault DetachLink { get; } = new(BrokerFaultKind.DetachLink);

    /// <summary>It happens twice: a transfer is stored twice, a delivery sent twice. Answers are not doubled.</summary>
    public static BrokerFault Duplicate { get; } = new(BrokerFaultKind.Duplicate);

    /// <summary>Refuses with <c>com.microsoft:server-busy</c>, also what is durable already. Deliveries are not refused.</summary>
    public static BrokerFault ServerBusy { get; } = new(BrokerFaultKind.ServerBusy);

    /// <summary>What kind it is.</summary>
    public BrokerFaultKind Kind { get; }

    /// <summary>How long <see cref="BrokerFaultKind.Delay"/> waits; zero for other kinds.</summary>
    public TimeSpan Delay { get; }

    /// <summary>Waits, and holds up what comes behind at the same point of the link.</summary>
    /// <param name="delay">Zero or more.</param>
    public static BrokerFault DelayBy(TimeSpan delay) => new(BrokerFaultKind.Delay, delay);
}
