namespace Vivace.Client.Rollouts;

/// <summary>What the flags say at present.</summary>
/// <param name="ContractEnabled">The contract flag.</param>
/// <param name="RuntimeEnabled">The runtime flag.</param>
/// <param name="IsRolloutShape">Whether its allocation is a rollout's; a person's edit may have made it another.</param>
/// <param name="Percent">The share of units served fast; null where there is no such allocation.</param>
/// <param name="Seed">The rollout by whose id units are assigned.</param>
public sealed record RolloutFlag(bool ContractEnabled, bool RuntimeEnabled, bool IsRolloutShape, double? Percent = null, string? Seed = null);
