using Vivace.Rollouts.Plans;

namespace Vivace.Rollouts.Measuring;

/// <summary>What was counted for one guard.</summary>
public sealed record GuardCounts
{
    /// <summary>The guard.</summary>
    public required GuardKind Kind { get; init; }

    /// <summary>Bad units up to 50 %: those of the fast arm, of those of both. Each at most once a rollout.</summary>
    public Count Compared { get; init; }

    /// <summary>
    /// Control units up to 50 % whose first turn was bad, of those whose first turn is known: what a fixed rate is made from.
    /// </summary>
    public Count ControlFirst { get; init; }

    /// <summary>
    /// Above 50 %, fast units whose first turn there was bad, of those whose is known; without units that
    /// <see cref="ControlFirst"/> counts, so that rate and observations are of different units.
    /// </summary>
    public Count AboveHalf { get; init; }
}
