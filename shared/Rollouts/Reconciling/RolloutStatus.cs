using Vivace.Rollouts.Gates;

namespace Vivace.Rollouts.Reconciling;

/// <summary>Where a rollout stands, as it is stored.</summary>
public sealed record RolloutStatus
{
    /// <summary>The plan's id.</summary>
    public required string RolloutId { get; init; }

    /// <summary>The hash of the plan that it runs by: SHA-256 of its canonical JSON, hexadecimal.</summary>
    public required string PlanHash { get; init; }

    /// <summary>Where it stands.</summary>
    public required RolloutState State { get; init; }

    /// <summary>When it was started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The index of the plan's step.</summary>
    public int Step { get; init; }

    /// <summary>The percent served fast while the runtime flag is on: the step's, or what a person set in its place.</summary>
    public double Percent { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset StepSince { get; init; }

    /// <summary>What the present step is judged against.</summary>
    public FrozenRates? Frozen { get; init; }

    /// <summary>Before then no rollout starts.</summary>
    public DateTimeOffset? CoolDownUntil { get; init; }

    /// <summary>Why it stands there: a gate's name or a constant.</summary>
    public string? Reason { get; init; }

    /// <summary>What was found last.</summary>
    public Verdict Verdict { get; init; } = Verdict.Inconclusive;

    /// <summary>What the flags are to say.</summary>
    public required FlagTarget Flag { get; init; }

    /// <summary>Whether they have been seen to say it.</summary>
    public bool FlagConfirmed { get; init; }

    /// <summary>What they said when <see cref="Flag"/> was decided: still seen, it has to be written again; anything else is a person's.</summary>
    public FlagAllocation? FlagBefore { get; init; }

    /// <summary>What was not yet seen on the flags when <see cref="Flag"/> was decided, and may come late; null: nothing.</summary>
    public LateWrite? Late { get; init; }

    /// <summary>Whether it has ended for good.</summary>
    public bool IsEnded() => State is RolloutState.RolledBack or RolloutState.Aborted;
}
