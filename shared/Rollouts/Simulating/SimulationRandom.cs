namespace Vivace.Rollouts.Simulating;

/// <summary>SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014): small, seeded, the same everywhere.</summary>
internal sealed class SimulationRandom(ulong seed)
{
    private ulong state = seed;
    private double spare = double.NaN;

    /// <summary>The generator of one run.</summary>
    public static SimulationRandom OfRun(ulong seed, int run)
        => new(new SimulationRandom(seed + (0xD1B54A32D192ED03UL * ((ulong)run + 1))).Bits());

    /// <summary>Even in [0, 1).</summary>
    public double Even() => (Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Exponential of a rate; infinite at rate 0.</summary>
    public double Exponential(double rate) => -Math.Log(1 - Even()) / rate;

    public bool Chance(double share) => Even() < share;

    /// <summary>Standard normal, by Marsaglia's polar method.</summary>
    public double Normal()
    {
        if (!double.IsNaN(spare))
        {
            (var kept, spare) = (spare, double.NaN);
            return kept;
        }

        double x, y, square;
        do
        {
            (x, y) = ((2 * Even()) - 1, (2 * Even()) - 1);
            square = (x * x) + (y * y);
        }
        while (square is >= 1 or 0);

        var scale = Math.Sqrt(-2 * Math.Log(square) / square);
        spare = y * scale;
        return x * scale;
    }

    private ulong Bits()
    {
        state += 0x9E3779B97F4A7C15UL;
        var z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
