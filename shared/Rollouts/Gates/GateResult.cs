using Vivace.Rollouts.Measuring;

namespace Vivace.Rollouts.Gates;

/// <summary>What one gate found, and from what.</summary>
/// <param name="Gate">The gate.</param>
/// <param name="Verdict">What it found.</param>
public sealed record GateResult(Gate Gate, Verdict Verdict)
{
    /// <summary>k of n; null where nothing is counted.</summary>
    public Count? Count { get; init; }

    /// <summary>The share θ₀ that was tested against.</summary>
    public double? Theta0 { get; init; }

    /// <summary>log₁₀ of the test's value E.</summary>
    public double? Log10E { get; init; }

    /// <summary>log₁₀ of the value at which the gate decides.</summary>
    public double? Log10Threshold { get; init; }

    /// <summary>A constant that says why, where the numbers do not.</summary>
    public string? Reason { get; init; }

    /// <summary>Tests k of n against a share; a value of at least 1/α is <paramref name="reached"/>, else <paramref name="below"/>.</summary>
    internal static GateResult Test(Gate gate, Count count, double theta0, double alpha, Verdict reached, Verdict below)
    {
        var log10E = SequentialTest.Log10E(count.Hits, count.Seen, theta0);
        return Of(gate, count, theta0, log10E, alpha, reached, below);
    }

    internal static GateResult Of(Gate gate, Count count, double theta0, double log10E, double alpha, Verdict reached, Verdict below) => new(
        gate, log10E >= -Math.Log10(alpha) ? reached : below)
    {
        Count = count,
        Theta0 = theta0,
        Log10E = log10E,
        Log10Threshold = -Math.Log10(alpha),
    };
}
