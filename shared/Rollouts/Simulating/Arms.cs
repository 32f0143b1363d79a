using Vivace.Contracts.Processing;
using Vivace.Rollouts.Reconciling;

namespace Vivace.Rollouts.Simulating;

/// <summary>The allocation of a rollout.</summary>
internal static class Arms
{
    /// <param name="bucket">The unit's place in [0, 100).</param>
    public static RolloutArm Of(double bucket, double percent) => bucket < percent ? RolloutArm.Fast
        : bucket >= FlagAllocation.ControlFrom(percent) ? RolloutArm.Control
        : RolloutArm.None;
}
