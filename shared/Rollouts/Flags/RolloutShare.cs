using Microsoft.FeatureManagement;
using Vivace.Rollouts.Reconciling;

namespace Vivace.Rollouts.Flags;

/// <summary>The rollout that a snapshot of the flags stands for.</summary>
/// <param name="Id">The seed of the runtime flag's allocation.</param>
/// <param name="Percent">Percent of units served fast, 0 to 100.</param>
public sealed record RolloutShare(string Id, double Percent)
{
    private const double Tolerance = 1e-9;

    /// <summary>Null where the allocation is none, or not of the shape that rollouts write: what it stands for is not known.</summary>
    internal static RolloutShare? Of(Allocation? allocation)
        => allocation is { Seed.Length: > 0, DefaultWhenEnabled: not (FlagNames.FastVariant or FlagNames.ControlVariant) }
            && allocation.Percentile?.ToArray() is [{ Variant: FlagNames.FastVariant, From: 0 } fast, { Variant: FlagNames.ControlVariant, To: 100 } control]
            && Math.Abs(control.From - FlagAllocation.ControlFrom(fast.To)) < Tolerance
            ? new RolloutShare(allocation.Seed, fast.To)
            : null;
}
