using Vivace.Rollouts.Plans;

namespace Vivace.Rollouts.Measuring;

/// <summary>
/// The rows of a rollout and their counts, kept up to date row by row, so that judging reads only the rows that have changed. The
/// result depends on the rows alone, not on their order. Not safe for concurrent use.
/// </summary>
public sealed class RolloutLedger
{
    private readonly Dictionary<string, UnitRecord> units = new(StringComparer.Ordinal);
    private readonly Dictionary<string, InstanceRecord> instances = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, DateTimeOffset> unjudged = new();
    private readonly RolloutPlan plan;
    private readonly UnitPairs pairs;
    private UnitTally tally;
    private DateTimeOffset judged = DateTimeOffset.MinValue;

    /// <summary>An empty ledger; one that has been judged by another plan is made anew from its rows.</summary>
    public RolloutLedger(RolloutPlan plan)
    {
        this.plan = plan;
        tally = new UnitTally(plan);
        pairs = new UnitPairs(plan);
    }

    /// <summary>The merged rows of units, in no particular order.</summary>
    public IReadOnlyCollection<UnitRecord> Units => units.Values;

    /// <summary>The merged row of a unit; null where none was applied.</summary>
    public UnitRecord? Find(string unit) => units.GetValueOrDefault(unit);

    /// <summary>Merges a row of a unit.</summary>
    public void Apply(UnitRecord row)
    {
        var before = units.GetValueOrDefault(row.Unit);
        var after = before?.Merge(row) ?? row;
        if (after.Equals(before))
        {
            return;
        }

        units[row.Unit] = after;
        if (before is not null)
        {
            tally.Add(before, judged, -1);
        }

        tally.Add(after, judged, 1);
        pairs.Change(before, after);
        Await(after);
    }

    /// <summary>Merges a row of an instance.</summary>
    public void Apply(InstanceRecord row)
        => instances[row.Instance] = instances.TryGetValue(row.Instance, out var before) ? before.Merge(row) : row;

    /// <summary>The counts of now.</summary>
    /// <param name="judgedUntil">The watermark of quality: <see cref="JudgedUntil.Watermark"/>.</param>
    public Measurements Measure(DateTimeOffset? judgedUntil, DateTimeOffset now)
    {
        MoveWatermark(judgedUntil ?? DateTimeOffset.MinValue);
        if (pairs.IsStale)
        {
            pairs.MakeAgain(units.Values);
        }

        return tally.ToMeasurements(now) with
        {
            Pairs = pairs.Count(now),
            JudgedUntil = judgedUntil,
            Mismatches = instances.Values.Aggregate(MismatchCounts.None, (sum, i) => sum.Plus(i.Mismatches)),
            JudgedByAnother = instances.Values.Sum(i => i.JudgedByAnother),
        };
    }

    private void Await(UnitRecord unit)
    {
        if (unit.LowQuality is { } low && low.At > judged)
        {
            unjudged.Enqueue(unit.Unit, low.At);
        }

        foreach (var turn in unit.Turns)
        {
            if (turn.LowQuality is not null && turn.At > judged)
            {
                unjudged.Enqueue(unit.Unit, turn.At);
            }
        }
    }

    private void MoveWatermark(DateTimeOffset until)
    {
        if (until < judged)
        {
            CountAgain(until);
            return;
        }

        var moved = new HashSet<string>(StringComparer.Ordinal);
        while (unjudged.TryPeek(out var unit, out var at) && at <= until)
        {
            unjudged.Dequeue();
            moved.Add(unit);
        }

        foreach (var unit in moved)
        {
            tally.Add(units[unit], judged, -1);
            tally.Add(units[unit], until, 1);
        }

        judged = until;
    }

    /// <summary>A watermark goes back when an instance reports a turn that waits longer than was known.</summary>
    private void CountAgain(DateTimeOffset until)
    {
        (judged, tally) = (until, new UnitTally(plan));
        unjudged.Clear();
        foreach (var unit in units.Values)
        {
            tally.Add(unit, judged, 1);
            Await(unit);
        }
    }
}
