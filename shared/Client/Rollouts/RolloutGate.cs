namespace Vivace.Client.Rollouts;

/// <summary>What one gate found.</summary>
/// <param name="Gate">Its name, such as <c>low-quality</c>.</param>
/// <param name="Verdict"><c>pass</c>, <c>inconclusive</c>, <c>error</c> or <c>fail</c>.</param>
public sealed record RolloutGate(string Gate, string Verdict)
{
    /// <summary>k of n; null where nothing is counted.</summary>
    public RolloutCount? Count { get; init; }

    /// <summary>log₁₀ of the test's value E; null where nothing is tested.</summary>
    public double? Log10E { get; init; }

    /// <summary>log₁₀ of the value at which the gate decides.</summary>
    public double? Log10Threshold { get; init; }

    /// <summary>A constant that says why, where the numbers do not.</summary>
    public string? Reason { get; init; }
}
