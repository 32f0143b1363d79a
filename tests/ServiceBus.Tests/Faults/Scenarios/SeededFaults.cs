using System.Collections.Concurrent;
using Vivace.ServiceBus.Broker;
using Vivace.ServiceBus.Tests.Faults.Recording;

namespace Vivace.ServiceBus.Tests.Faults.Scenarios;

/// <summary>
/// Faults by seed: whether the n-th passage of a point of a queue meets one, and which, depends on nothing else, so that a
/// seed brings the same faults again.
/// </summary>
internal sealed class SeededFaults(int seed, FaultMix mix, History history) : IBrokerFaults
{
    private static readonly TimeSpan[] Delays = [TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(150), ScenarioQueues.LockDuration * 1.3];

    private readonly ConcurrentDictionary<(BrokerFaultPoint Point, string Queue), int> passages = new();
    private volatile bool ended;

    public BrokerFault At(BrokerFaultPoint point, string queue)
    {
        if (ended || mix.Kinds.Count == 0)
        {
            return BrokerFault.None;
        }

        var passage = passages.AddOrUpdate((point, queue), 1, static (_, n) => n + 1);
        var random = new Random(HashOf(point, queue, passage));
        if (random.Next(mix.OneIn) != 0)
        {
            return BrokerFault.None;
        }

        var fault = Fault(mix.Kinds[random.Next(mix.Kinds.Count)], Delays[random.Next(Delays.Length)]);
        var endsLinks = fault.Kind is BrokerFaultKind.DropConnection or BrokerFaultKind.CloseConnection or BrokerFaultKind.DetachLink;
        history.Add(new HistoryEvent.FaultInjected(queue, fault.Kind.ToString(), point.ToString(), endsLinks));
        return fault;
    }

    public void End() => ended = true;

    private static BrokerFault Fault(BrokerFaultKind kind, TimeSpan delay) => kind switch
    {
        BrokerFaultKind.DropConnection => BrokerFault.DropConnection,
        BrokerFaultKind.CloseConnection => BrokerFault.CloseConnection,
        BrokerFaultKind.DetachLink => BrokerFault.DetachLink,
        BrokerFaultKind.Duplicate => BrokerFault.Duplicate,
        BrokerFaultKind.ServerBusy => BrokerFault.ServerBusy,
        BrokerFaultKind.Delay => BrokerFault.DelayBy(delay),
        _ => BrokerFault.None,
    };

    /// <summary>The same in every process, which <see cref="HashCode"/> is not.</summary>
    private int HashOf(BrokerFaultPoint point, string queue, int passage)
    {
        unchecked
        {
            var hash = (seed * 397) ^ (int)point;
            foreach (var letter in queue)
            {
                hash = (hash * 31) + letter;
            }

            hash = (hash * 16_777_619) ^ passage;
            hash ^= hash >>> 15;
            return hash * (int)0x85EBCA6B;
        }
    }
}
