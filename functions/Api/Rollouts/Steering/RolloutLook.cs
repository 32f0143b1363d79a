using Vivace.Rollouts.Flags;
using Vivace.Rollouts.Measuring;
using Vivace.Rollouts.Plans;
using Vivace.Rollouts.Reconciling;
using Vivace.Rollouts.Storage;

namespace Vivace.Api.Rollouts.Steering;

/// <summary>All that a rollout is judged by, as it was seen at one moment.</summary>
/// <param name="Stored">Where it stands.</param>
/// <param name="Configured">The plan that the configuration holds.</param>
/// <param name="Flags">The flags as they are stored; null: they could not be read.</param>
/// <param name="Says">What they say; null likewise.</param>
/// <param name="Measurements">Null: they could not be read, or nothing is under way.</param>
/// <param name="At">When it was seen.</param>
internal sealed record RolloutLook(
    StoredRollout Stored, ConfiguredPlan Configured, FlagReading? Flags, FlagAllocation? Says, Measurements? Measurements, DateTimeOffset At)
{
    public RolloutStatus? Status => Stored.Status;

    /// <summary>The plan to judge by; null: nothing has been started.</summary>
    public RolloutPlan? Plan => RolloutPlans.ToJudgeBy(Stored, Configured);

    /// <summary>Why nothing can be done to it here, as a sentence; null: something can.</summary>
    public string? WhyUnread => Stored.IsStatusUnread
        ? $"{Stored.Fault} Abort the rollout from that version, or switch the flag {FlagNames.Runtime} off by hand."
        : null;

    /// <summary>Why it is only held or ended here, as a sentence; null: it is not.</summary>
    public string? WhyHeld => Stored is { Status: { } status, Fault: { } fault } && !status.IsEnded()
        ? $"{fault} Only that version moves the rollout on; it can be aborted here."
        : null;
}
