using System.Collections.Concurrent;
using Vivace.ServiceBus.Broker;

namespace Vivace.ServiceBus.Tests.Drivers;

/// <summary>Faults in the order in which they are to come at each point; none when they have run out.</summary>
internal sealed class PlannedFaults : IBrokerFaults
{
    private readonly ConcurrentDictionary<BrokerFaultPoint, ConcurrentQueue<BrokerFault>> plans = new();

    public int Left => plans.Values.Sum(p => p.Count);

    public void Plan(BrokerFaultPoint point, params BrokerFault[] faults) => plans[point] = new(faults);

    public BrokerFault At(BrokerFaultPoint point, string queue)
        => plans.TryGetValue(point, out var plan) && plan.TryDequeue(out var fault) ? fault : BrokerFault.None;
}
