using Vivace.Contracts.Processing;

namespace Vivace.Rollouts.Simulating;

/// <summary>
/// The turns of owners, each a Poisson process. Only turns that can change a count are drawn, exactly: an owner's first turn in a
/// step comes after an exponential time, and its bad turns of each kind afterwards are a thinned Poisson process of their own.
/// </summary>
internal sealed class OwnerTraffic(SimulationOptions options, SimulationRandom random) : ITrafficSource
{
    private const int First = -1;

    private readonly SimulatedOwner[] owners = SimulatedOwner.All(options, random);
    private readonly PriorityQueue<(SimulatedOwner Owner, int Kind), double> events = new();
    private double percent;

    public double NextAt => events.TryPeek(out _, out var at) ? at : double.PositiveInfinity;

    /// <summary>A Poisson process has no memory, so every owner may begin anew.</summary>
    public void Begin(double percent, double now)
    {
        this.percent = percent;
        events.Clear();
        events.EnqueueRange(owners
            .Where(o => Arms.Of(o.Bucket, percent) != RolloutArm.None)
            .Select(o => ((o, First), now + random.Exponential(o.Rate))));
    }

    public SimulatedTurn Take()
    {
        events.TryDequeue(out var happened, out var at);
        var (owner, kind) = happened;
        var arm = Arms.Of(owner.Bucket, percent);
        return kind == First ? TakeFirst(owner, arm, at) : TakeBad(owner, arm, kind);
    }

    private SimulatedTurn TakeFirst(SimulatedOwner owner, RolloutArm arm, double at)
    {
        var behaviour = options.Of(arm, percent);
        Span<bool> bad = [false, false, false];
        for (var kind = 0; kind < bad.Length; kind++)
        {
            var share = owner.Share(behaviour, kind);
            bad[kind] = random.Chance(share);
            if (percent <= 50)
            {
                owner.Had[kind] |= bad[kind];
                AwaitBad(owner, kind, at, share);
            }
        }

        return new SimulatedTurn(owner.Unit, arm, true, bad[0], bad[1], bad[2]);
    }

    private void AwaitBad(SimulatedOwner owner, int kind, double at, double share)
    {
        var next = owner.Had[kind] ? double.PositiveInfinity : at + random.Exponential(owner.Rate * share);
        if (next < options.MaximumTime.TotalSeconds)
        {
            events.Enqueue((owner, kind), next);
        }
    }

    private static SimulatedTurn TakeBad(SimulatedOwner owner, RolloutArm arm, int kind)
    {
        owner.Had[kind] = true;
        return new SimulatedTurn(owner.Unit, arm, false, kind == 0, kind == 1, kind == 2);
    }
}
