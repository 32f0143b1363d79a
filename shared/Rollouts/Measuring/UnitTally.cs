using Vivace.Contracts.Processing;
using Vivace.Rollouts.Plans;

namespace Vivace.Rollouts.Measuring;

/// <summary>Sums over units. A unit that changes is taken out as it was and put in as it is.</summary>
internal sealed class UnitTally(RolloutPlan plan)
{
    private static readonly int Kinds = Enum.GetValues<GuardKind>().Length;

    private readonly Tallied[] compared = new Tallied[Kinds];
    private readonly Tallied[] controlFirst = new Tallied[Kinds];
    private readonly Tallied[] aboveHalf = new Tallied[Kinds];
    private readonly SortedDictionary<double, (long Fast, long Control)> steps = [];
    private Tallied latency;
    private Tallied cohort;
    private long fast;
    private long control;

    /// <summary>Adds a unit, or with −1 takes it out.</summary>
    /// <param name="judgedUntil">Scores of later turns do not count.</param>
    public void Add(UnitRecord unit, DateTimeOffset judgedUntil, int sign)
    {
        foreach (var turn in unit.Turns)
        {
            AddTurn(unit, turn, sign);
        }

        if (unit.First is not { } first)
        {
            return;
        }

        if (unit.Cohort)
        {
            cohort.Add(first.Failed, sign);
        }
        else if (unit.IsCompared)
        {
            AddCompared(unit, first, judgedUntil, sign);
        }

        if (!unit.Cohort && !(unit.IsCompared && first.Arm == RolloutArm.Control) && FirstAboveHalf(unit) is { } above)
        {
            AddOutcomes(aboveHalf, above, judgedUntil, sign);
        }
    }

    public Measurements ToMeasurements(DateTimeOffset now) => new()
    {
        At = now,
        Guards = [.. Enum.GetValues<GuardKind>().Select(ToCounts)],
        Units = new ArmCounts(fast, control),
        Latency = latency.ToCount(),
        CohortFailures = cohort.ToCount(),
        Steps = [.. steps.Where(s => s.Value != default).Select(s => new StepCount(s.Key, s.Value.Fast, s.Value.Control))],
    };

    private static StepTurn? FirstAboveHalf(UnitRecord unit)
    {
        StepTurn? first = null;
        foreach (var turn in unit.Turns)
        {
            if (turn is { Percent: > 50, Arm: RolloutArm.Fast } && (first is null || turn.At < first.At))
            {
                first = turn;
            }
        }

        return first;
    }

    private static void AddOutcomes(Tallied[] into, StepTurn turn, DateTimeOffset judgedUntil, int sign)
    {
        into[(int)GuardKind.Failure].Add(turn.Failed, sign);
        into[(int)GuardKind.Unsafe].Add(turn.Unsafe, sign);
        if (turn.LowQuality is { } low && turn.At <= judgedUntil)
        {
            into[(int)GuardKind.LowQuality].Add(low, sign);
        }
    }

    private void AddTurn(UnitRecord unit, StepTurn turn, int sign)
    {
        if (turn is { Arm: RolloutArm.Fast, FirstChunk: { } seconds })
        {
            latency.Add(seconds > plan.FirstChunkSlo, sign);
        }

        if (unit.Cohort && turn.Percent > 0)
        {
            return;
        }

        var (f, c) = steps.GetValueOrDefault(turn.Percent);
        steps[turn.Percent] = turn.Arm == RolloutArm.Control ? (f, c + sign) : (f + sign, c);
    }

    private void AddCompared(UnitRecord unit, StepTurn first, DateTimeOffset judgedUntil, int sign)
    {
        if (first.Arm == RolloutArm.Control)
        {
            control += sign;
            AddOutcomes(controlFirst, first, judgedUntil, sign);
        }
        else
        {
            fast += sign;
        }

        AddEvent(GuardKind.Failure, unit.Failed, sign);
        AddEvent(GuardKind.Unsafe, unit.Unsafe, sign);
        AddEvent(GuardKind.LowQuality, unit.LowQuality is { } low && low.At <= judgedUntil ? low : null, sign);
    }

    private void AddEvent(GuardKind kind, BadEvent? bad, int sign)
    {
        if (bad is not null)
        {
            compared[(int)kind].Add(bad.Arm == RolloutArm.Fast, sign);
        }
    }

    private GuardCounts ToCounts(GuardKind kind) => new()
    {
        Kind = kind,
        Compared = compared[(int)kind].ToCount(),
        ControlFirst = controlFirst[(int)kind].ToCount(),
        AboveHalf = aboveHalf[(int)kind].ToCount(),
    };

    private struct Tallied
    {
        private long hits;
        private long seen;

        public void Add(bool hit, int sign)
        {
            seen += sign;
            hits += hit ? sign : 0;
        }

        public readonly Count ToCount() => new(hits, seen);
    }
}
