using Vivace.Rollouts.Reconciling;

namespace Vivace.Api.Rollouts.Steering;

/// <summary>
/// Two flags are two writes, and a process may be lost between them. What it leaves is neither what they said before nor what
/// they are to say, and must not be taken for a person's edit.
/// </summary>
internal static class HalfWritten
{
    /// <summary>
    /// What the flags said before, where each of them says either that or what it is to say: then the rest is written. Else
    /// what they say.
    /// </summary>
    public static FlagAllocation Undo(RolloutStatus? status, FlagAllocation says)
    {
        if (status is not { FlagConfirmed: false, FlagBefore: { } before, Flag: var target } || target.IsMetBy(says))
        {
            return says;
        }

        var contract = says.ContractEnabled == before.ContractEnabled || says.ContractEnabled == target.ContractEnabled;
        var runtime = says with { ContractEnabled = before.ContractEnabled } == before || target.IsMetBy(says with { ContractEnabled = target.ContractEnabled });
        return contract && runtime ? before : says;
    }
}
