using Vivace.ServiceBus.Broker;

namespace Vivace.ServiceBus.Tests.Faults.Scenarios;

/// <summary>What goes wrong in a run: faults at the broker's points, and what happens to it as a whole.</summary>
/// <param name="OneIn">At each point so many times in a row all goes well, on average, and then one does not.</param>
/// <param name="Breaks">How often every connection is broken by the network.</param>
/// <param name="Restarts">How often the broker is stopped in order and started again.</param>
/// <param name="Kills">How often it is killed and started again.</param>
internal sealed record FaultMix(IReadOnlyList<BrokerFaultKind> Kinds, int OneIn = 12, int Breaks = 0, int Restarts = 0, int Kills = 0)
{
    public static FaultMix Everything { get; } = new(
        [BrokerFaultKind.DropConnection, BrokerFaultKind.CloseConnection, BrokerFaultKind.DetachLink, BrokerFaultKind.Delay, BrokerFaultKind.Duplicate, BrokerFaultKind.ServerBusy],
        OneIn: 15,
        Breaks: 1,
        Restarts: 1,
        Kills: 1);

    public static FaultMix Of(BrokerFaultKind kind) => new(kind == BrokerFaultKind.None ? [] : [kind], OneIn: kind is BrokerFaultKind.DropConnection or BrokerFaultKind.CloseConnection ? 15 : 6);
}
