using System.Text.Json;
using Vivace.Rollouts.Gates;
using Vivace.Rollouts.Measuring;
using Vivace.Rollouts.Plans;

namespace Vivace.Rollouts.Reconciling;

/// <summary>The moves of a rollout.</summary>
internal static class Transitions
{
    /// <summary>Longer than any write to the flags is under way, its retries included.</summary>
    private static readonly TimeSpan LongestWrite = TimeSpan.FromMinutes(2);

    public static RolloutStatus RollBack(RolloutPlan plan, RolloutStatus status, FlagAllocation? flag, Gate gate, DateTimeOffset now)
        => End(plan, status, flag, plan.Rollback, now) with
        {
            State = RolloutState.RolledBack,
            Reason = JsonNamingPolicy.KebabCaseLower.ConvertName(gate.ToString()),
        };

    /// <summary>Ending switches nothing on: a contract flag that is off stays so.</summary>
    public static RolloutStatus End(RolloutPlan plan, RolloutStatus status, FlagAllocation? flag, RollbackKind kind, DateTimeOffset now)
        => Aim(
            status, flag, status.Flag with { RuntimeEnabled = false, ContractEnabled = kind == RollbackKind.Soft && (flag?.ContractEnabled ?? status.Flag.ContractEnabled) }, now) with
        {
            CoolDownUntil = now + plan.CoolDown,
        };

    /// <summary>The next step, its rates frozen; after the last one the rollout is completed.</summary>
    public static RolloutStatus MoveOn(RolloutPlan plan, RolloutStatus status, Measurements measurements, FlagAllocation? flag, DateTimeOffset now)
    {
        if (status.Step + 1 == plan.Steps.Length)
        {
            return status with { State = RolloutState.Completed, Reason = null };
        }

        var percent = plan.Steps[status.Step + 1].Percent;
        return Aim(status, flag, status.Flag with { Percent = percent }, now) with
        {
            Step = status.Step + 1,
            Percent = percent,
            StepSince = now,
            Reason = null,
            Frozen = FrozenRates.From(plan, measurements, percent, status.Frozen),
        };
    }

    /// <summary>Sets what the flags are to say; it is written until it has been seen.</summary>
    public static RolloutStatus Aim(RolloutStatus status, FlagAllocation? flag, FlagTarget target, DateTimeOffset now) => status with
    {
        Late = status.FlagConfirmed ? status.Late : new LateWrite(status.Flag, now + LongestWrite),
        Flag = target,
        FlagConfirmed = flag is not null && target.IsMetBy(flag),
        FlagBefore = flag,
    };
}
