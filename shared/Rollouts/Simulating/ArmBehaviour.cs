namespace Vivace.Rollouts.Simulating;

/// <summary>How the turns of one arm turn out. Shares are means over turns of an average unit, 0 to 1.</summary>
public sealed record ArmBehaviour
{
    /// <summary>Share of turns that fail.</summary>
    public double Failure { get; init; } = 0.01;

    /// <summary>Share of replies that are unsafe.</summary>
    public double Unsafe { get; init; } = 0.001;

    /// <summary>Share of replies of low quality.</summary>
    public double LowQuality { get; init; } = 0.05;

    /// <summary>Median seconds to the first chunk, of a log-normal distribution.</summary>
    public double FirstChunkMedian { get; init; } = 2;

    /// <summary>Its σ.</summary>
    public double FirstChunkSigma { get; init; } = 0.5;
}
