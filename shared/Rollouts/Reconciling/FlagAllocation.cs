namespace Vivace.Rollouts.Reconciling;

/// <summary>What the flags say at present, as a reader of the flag store found it.</summary>
/// <param name="ContractEnabled">The contract flag.</param>
/// <param name="RuntimeEnabled">The runtime flag.</param>
/// <param name="IsRolloutShape">
/// Whether the allocation is exactly a rollout's: fast on [0, p), listed first, control on [max(p, 100−p), 100), and the cohort's
/// users and groups.
/// </param>
/// <param name="Percent">Where the fast variant ends; null where there is no such allocation.</param>
/// <param name="Seed">The allocation's seed.</param>
public sealed record FlagAllocation(
    bool ContractEnabled, bool RuntimeEnabled, bool IsRolloutShape, double? Percent = null, string? Seed = null)
{
    /// <summary>Where the control variant begins beside fast on [0, p).</summary>
    /// <param name="percent">p, 0 to 100.</param>
    public static double ControlFrom(double percent) => Math.Max(percent, 100 - percent);
}
