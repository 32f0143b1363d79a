using Vivace.Rollouts.Plans;

namespace Vivace.Rollouts.Measuring;

/// <summary>What a rollout is judged by, at one moment: counts alone.</summary>
public sealed record Measurements
{
    /// <summary>When it was taken.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>One of each kind, in the order of <see cref="GuardKind"/>.</summary>
    public required GuardCounts[] Guards { get; init; }

    /// <summary>Compared units, for the sample ratio.</summary>
    public ArmCounts Units { get; init; }

    /// <summary>Settled pairs of the i-th fast and the i-th control unit, and in how many of them fast was faster as planned.</summary>
    public Count Pairs { get; init; }

    /// <summary>First turns of fast units at each percent that showed text, and how many showed it later than promised.</summary>
    public Count Latency { get; init; }

    /// <summary>Units of the cohort, and how many of them failed in their first turn.</summary>
    public Count CohortFailures { get; init; }

    /// <summary>Units at each percent, in its order.</summary>
    public StepCount[] Steps { get; init; } = [];

    /// <summary>Mismatches of all instances.</summary>
    public MismatchCounts Mismatches { get; init; } = MismatchCounts.None;

    /// <summary>Every turn accepted before has been judged, in both arms; null: nothing is known of it. Later turns do not count for quality.</summary>
    public DateTimeOffset? JudgedUntil { get; init; }

    /// <summary>Scores left out because another judge gave them.</summary>
    public long JudgedByAnother { get; init; }

    /// <summary>
    /// Rows that cannot be read, since another version of the program has written them; null: none. The rest is no sample of all
    /// units, so that only mismatches are judged.
    /// </summary>
    public int? Unread { get; init; }

    /// <summary>What was counted for a guard.</summary>
    public GuardCounts Of(GuardKind kind) => Guards[(int)kind];

    /// <summary>Whether the counts can be counts: one entry a guard, and never more hits than seen.</summary>
    internal bool IsPossible()
    {
        IEnumerable<Count> counts = [Pairs, Latency, CohortFailures, .. Guards.SelectMany(g => (Count[])[g.Compared, g.ControlFirst, g.AboveHalf])];
        return Guards.Index().All(g => (int)g.Item.Kind == g.Index)
            && Guards.Length == Enum.GetValues<GuardKind>().Length
            && Units is { Fast: >= 0, Control: >= 0 }
            && counts.All(c => c.Hits >= 0 && c.Hits <= c.Seen);
    }

    /// <summary>From all rows at once.</summary>
    public static Measurements From(
        IEnumerable<UnitRecord> units, IEnumerable<InstanceRecord> instances, RolloutPlan plan, DateTimeOffset? judgedUntil, DateTimeOffset now)
    {
        var ledger = new RolloutLedger(plan);
        foreach (var unit in units)
        {
            ledger.Apply(unit);
        }

        foreach (var instance in instances)
        {
            ledger.Apply(instance);
        }

        return ledger.Measure(judgedUntil, now);
    }
}
