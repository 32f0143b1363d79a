namespace Vivace.Rollouts.Flags;

/// <summary>What a rollout makes of the runtime flag.</summary>
public sealed record RolloutAllocation
{
    /// <summary>The rollout's id, with which units are hashed; not empty.</summary>
    public required string Seed { get; init; }

    /// <summary>Percent of units served fast, 0 to 100.</summary>
    public required double Percent { get; init; }

    /// <summary>Whether the flag is on.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Units of the internal cohort.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>Groups whose units are of the internal cohort.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>
    /// Where the control arm begins: max(p, 100 − p). Up to 50 % both arms only grow, away from each other; above it control
    /// shrinks from its lower end, so that nobody ever leaves fast.
    /// </summary>
    public double ControlFrom => Math.Max(Percent, 100 - Percent);
}
