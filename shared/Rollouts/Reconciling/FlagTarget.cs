namespace Vivace.Rollouts.Reconciling;

/// <summary>What the flags are to say. While the runtime flag is off its allocation is left as it is.</summary>
/// <param name="ContractEnabled">The contract flag.</param>
/// <param name="RuntimeEnabled">The runtime flag.</param>
/// <param name="Percent">Fast on [0, p), control on [<see cref="FlagAllocation.ControlFrom"/>(p), 100).</param>
/// <param name="Seed">The rollout's id.</param>
public sealed record FlagTarget(bool ContractEnabled, bool RuntimeEnabled, double Percent, string Seed)
{
    /// <summary>Whether flags say this.</summary>
    public bool IsMetBy(FlagAllocation flag) => flag.ContractEnabled == ContractEnabled
        && flag.RuntimeEnabled == RuntimeEnabled
        && (!RuntimeEnabled || (flag.IsRolloutShape && flag.Seed == Seed && flag.Percent == Percent));
}
