using Vivace.Contracts.Processing;
using Vivace.Rollouts.Plans;

namespace Vivace.Rollouts.Measuring;

/// <summary>
/// One turn, or what became known of it later. Turns are recorded from the first one in which the unit asks for fast, whatever it
/// asks afterwards.
/// </summary>
public sealed record TurnObservation
{
    /// <summary>A hash of the owner: never a user's id.</summary>
    public required string Unit { get; init; }

    /// <summary>Whether the unit is of the internal cohort.</summary>
    public bool Cohort { get; init; }

    /// <summary>The unit's arm by the flags that the turn carries.</summary>
    public required RolloutArm Arm { get; init; }

    /// <summary>The percent of those flags' allocation.</summary>
    public required double Percent { get; init; }

    /// <summary>When the turn was accepted, also where its score is reported later.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Whether this turn asked for fast: only such turns are measured for their speed.</summary>
    public required bool AskedFast { get; init; }

    /// <summary>Seconds from acceptance to the first chunk; null where none was shown.</summary>
    public double? FirstChunk { get; init; }

    /// <summary>Whether the turn failed.</summary>
    public bool Failed { get; init; }

    /// <summary>Whether the reply was found unsafe.</summary>
    public bool Unsafe { get; init; }

    /// <summary>The score of 100; null where it is not known.</summary>
    public double? Score { get; init; }

    /// <summary>Who scored.</summary>
    public PinnedJudge? Judge { get; init; }

    /// <summary>Whether the score is of another judge than the plan's, so that it must not count.</summary>
    public bool IsJudgedByAnother(QualityPlan plan) => Score is not null && plan.Judge is { } pinned && Judge != pinned;

    /// <summary>The row that this turn alone would make; the unit's row is what it had merged with it.</summary>
    public UnitRecord ToRecord(QualityPlan plan)
    {
        bool? low = Score is { } score && !IsJudgedByAnother(plan) ? score < plan.LowestGoodScore : null;
        var compared = Percent is > 0 and <= 50 && Arm != RolloutArm.None && !Cohort;
        BadEvent? Event(bool happened) => compared && happened ? new BadEvent(At, Arm) : null;
        return new UnitRecord
        {
            Unit = Unit,
            Cohort = Cohort,
            Failed = Event(Failed),
            Unsafe = Event(Unsafe),
            LowQuality = Event(low is true),
            Turns = AskedFast && Arm != RolloutArm.None ? [ToTurn(low)] : [],
        };
    }

    private StepTurn ToTurn(bool? low) => new()
    {
        Percent = Percent,
        At = At,
        Arm = Arm,
        FirstChunk = FirstChunk,
        Failed = Failed,
        Unsafe = Unsafe,
        LowQuality = low,
    };
}
