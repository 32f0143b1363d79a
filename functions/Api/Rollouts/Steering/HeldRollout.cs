using Vivace.Rollouts.Reconciling;

namespace Vivace.Api.Rollouts.Steering;

/// <summary>
/// A rollout whose plan another version of the program has written is only ended by this one. Whatever else is to be decided is
/// left to that version, which may be judging beside this one.
/// </summary>
internal static class HeldRollout
{
    /// <summary>The decision where it ends the rollout; else only that the flags say what was decided before, or are to be switched off.</summary>
    public static Decision Restrain(RolloutStatus status, Decision decision)
    {
        if (decision.Status.IsEnded())
        {
            return decision;
        }

        var stays = decision.Status.Flag == status.Flag;
        return decision with
        {
            Status = stays ? status with { FlagConfirmed = decision.Status.FlagConfirmed } : status,
            Flag = stays && decision.Flag is { RuntimeEnabled: false } ? decision.Flag : null,
            Audit = null,
        };
    }
}
