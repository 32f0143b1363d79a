namespace Vivace.Rollouts.Reconciling;

/// <summary>
/// Tells a decision that has not reached the flags yet from a person's edit. The one is written again, the other is respected:
/// it becomes the new target, and is never overwritten.
/// </summary>
internal sealed record FlagWatch(RolloutStatus Status, FlagTarget? Rewrite, string? Edit)
{
    public const string SwitchedOff = "switched-off-by-a-person";
    public const string SwitchedOn = "switched-on-by-a-person";
    public const string PercentChanged = "percent-changed-by-a-person";

    public static FlagWatch See(RolloutStatus status, FlagAllocation? flag, DateTimeOffset now)
    {
        if (flag is null)
        {
            return new FlagWatch(status, status.FlagConfirmed ? null : status.Flag, null);
        }

        if (status.Flag.IsMetBy(flag))
        {
            return new FlagWatch(status with { FlagConfirmed = true }, null, null);
        }

        if (status.Late is { } late && now < late.Until && late.Target.IsMetBy(flag))
        {
            // What another process had begun to write before this was decided.
            return new FlagWatch(status with { FlagConfirmed = false }, status.Flag, null);
        }

        if (status.IsEnded() && !status.FlagConfirmed)
        {
            // Whatever was done to the flags meanwhile was done to a rollout that has ended: first it is switched off.
            return new FlagWatch(status, status.Flag, null);
        }

        var isUnwritten = !status.FlagConfirmed && (status.FlagBefore is null || status.FlagBefore == flag);
        return isUnwritten ? new FlagWatch(status, status.Flag, null) : Edited(status, flag);
    }

    private static FlagWatch Edited(RolloutStatus status, FlagAllocation flag)
    {
        var target = status.Flag;
        if (!flag.ContractEnabled || !flag.RuntimeEnabled)
        {
            var switches = (flag.ContractEnabled, flag.RuntimeEnabled) != (target.ContractEnabled, target.RuntimeEnabled);
            return new FlagWatch(Taking(status, flag, target.Percent), null, switches ? SwitchedOff : null);
        }

        if (!flag.IsRolloutShape || flag.Seed != target.Seed || flag.Percent is not { } percent)
        {
            // Its meaning is not known: the gate of the allocation holds the rollout until it is put back or aborted.
            return new FlagWatch(status, null, null);
        }

        var edit = target.RuntimeEnabled && target.ContractEnabled ? PercentChanged : SwitchedOn;
        return new FlagWatch(Taking(status, flag, percent), null, edit);
    }

    private static RolloutStatus Taking(RolloutStatus status, FlagAllocation flag, double percent) => status with
    {
        Flag = status.Flag with { ContractEnabled = flag.ContractEnabled, RuntimeEnabled = flag.RuntimeEnabled, Percent = percent },
        FlagConfirmed = true,
    };
}
