using System.Globalization;

namespace Vivace.Rollouts.Simulating;

/// <summary>A unit with habits of its own.</summary>
internal sealed class SimulatedOwner(int number, double rate, double bucket, double[] factors)
{
    public string Unit { get; } = number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Turns a second.</summary>
    public double Rate => rate;

    public double Bucket => bucket;

    /// <summary>Which kinds of bad turns it has had while the arms were equal; more of a kind do not matter.</summary>
    public bool[] Had { get; } = new bool[3];

    /// <summary>Its own share of bad turns of a kind: failed, unsafe, of low quality.</summary>
    public double Share(ArmBehaviour arm, int kind)
        => Math.Min(1, factors[kind] * (kind switch { 0 => arm.Failure, 1 => arm.Unsafe, _ => arm.LowQuality }));

    /// <summary>Owners whose activity is Zipf's, assigned and given their own rates by lot.</summary>
    public static SimulatedOwner[] All(SimulationOptions options, SimulationRandom random)
    {
        var population = options.Population;
        var weights = Enumerable.Range(1, population.Owners).Select(i => Math.Pow(i, -population.ZipfExponent)).ToArray();
        var scale = options.TurnsPerSecond / weights.Sum();
        double Factor() => Math.Exp((population.RateSigma * random.Normal()) - (population.RateSigma * population.RateSigma / 2));
        return [.. weights.Select((weight, i) => new SimulatedOwner(i, weight * scale, 100 * random.Even(), [Factor(), Factor(), Factor()]))];
    }
}
