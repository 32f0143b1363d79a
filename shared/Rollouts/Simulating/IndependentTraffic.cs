using System.Globalization;
using Vivace.Contracts.Processing;

namespace Vivace.Rollouts.Simulating;

/// <summary>Every turn is of a unit of its own.</summary>
internal sealed class IndependentTraffic(SimulationOptions options, SimulationRandom random) : ITrafficSource
{
    private double percent;
    private double rate;
    private long units;

    public double NextAt { get; private set; }

    public void Begin(double percent, double now)
    {
        this.percent = percent;
        rate = options.TurnsPerSecond * (percent <= 50 ? 2 * percent : 100) / 100;
        NextAt = now + random.Exponential(rate);
    }

    /// <summary>Units of neither arm send nothing that counts, so only those of an arm are drawn.</summary>
    public SimulatedTurn Take()
    {
        NextAt += random.Exponential(rate);
        var arm = random.Chance(percent <= 50 ? 0.5 : percent / 100) ? RolloutArm.Fast : RolloutArm.Control;
        var behaviour = options.Of(arm, percent);
        return new SimulatedTurn(
            (++units).ToString(CultureInfo.InvariantCulture),
            arm,
            IsFirst: true,
            random.Chance(behaviour.Failure),
            random.Chance(behaviour.Unsafe),
            random.Chance(behaviour.LowQuality));
    }
}
