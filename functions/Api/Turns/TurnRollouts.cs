using Vivace.Contracts.Processing;
using Vivace.Rollouts.Flags;
using Vivace.Rollouts.Measuring;
using Vivace.Runtime.Processing;

namespace Vivace.Api.Turns;

/// <summary>What a turn carries of its rollout, made once when it is accepted.</summary>
internal static class TurnRollouts
{
    /// <summary>Null outside a rollout: the flags are off, their allocation is not a rollout's, or the unit is of neither arm.</summary>
    public static TurnRollout? Of(FlagDecision flags, string unit, ProcessingDecision decision, DateTimeOffset now)
        => flags.Rollout is not { } rollout ? null : new TurnRollout(
            rollout.Id, RolloutUnit.Of(rollout.Id, unit), flags.Arm, rollout.Percent, flags.Assignment == RolloutAssignment.Cohort,
            decision.Requested.Mode == ProcessingMode.Fast, DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds()));
}
