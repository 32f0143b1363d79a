using Vivace.Contracts.Processing;

namespace Vivace.Rollouts.Flags;

/// <summary>What the flags say to one unit. A flag counts only while the one that it presupposes is on.</summary>
/// <param name="ContractOn"><c>fast-mode-contract</c>.</param>
/// <param name="RuntimeOn"><c>fast-mode-runtime</c>, and the contract.</param>
/// <param name="UiOn"><c>fast-mode-ui</c>, and the runtime.</param>
/// <param name="CloudEnforced"><c>fast-mode-cloud-enforced</c>, and the runtime.</param>
/// <param name="Arm">The arm of the unit.</param>
/// <param name="Assignment">What put it there; only units assigned by percentile are compared.</param>
/// <param name="Version">The version of the flags.</param>
public sealed record FlagDecision(
    bool ContractOn, bool RuntimeOn, bool UiOn, bool CloudEnforced, RolloutArm Arm, RolloutAssignment Assignment, string Version)
{
    /// <summary>The rollout by which the unit was assigned; null: by none, or the unit is of neither arm.</summary>
    public RolloutShare? Rollout { get; init; }
}
