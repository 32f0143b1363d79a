namespace Vivace.Client.Rollouts;

/// <summary>Where a rollout stands.</summary>
public sealed record RolloutStanding
{
    /// <summary>The plan's id.</summary>
    public required string RolloutId { get; init; }

    /// <summary><c>not-started</c>, <c>running</c>, <c>paused</c>, <c>completed</c>, <c>rolled-back</c> or <c>aborted</c>.</summary>
    public required string State { get; init; }

    /// <summary>The index of the plan's step, from 0.</summary>
    public int Step { get; init; }

    /// <summary>The share of units served fast while the runtime flag is on, 0 to 100.</summary>
    public double Percent { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset StepSince { get; init; }

    /// <summary>Before then no rollout starts; null: any time.</summary>
    public DateTimeOffset? CoolDownUntil { get; init; }

    /// <summary>Why it stands there: a gate's name or a constant; null: it runs as planned.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether the flags have been seen to say what they are to say.</summary>
    public bool FlagConfirmed { get; init; }

    /// <summary>True once a gate rolled it back.</summary>
    public bool IsRolledBack => State == "rolled-back";

    /// <summary>True when it will not move on any more: completed, rolled back or aborted.</summary>
    public bool IsOver => State is "completed" or "rolled-back" or "aborted";
}
