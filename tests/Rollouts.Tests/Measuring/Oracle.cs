using Vivace.Contracts.Processing;
using Vivace.Rollouts.Measuring;
using Vivace.Rollouts.Plans;

namespace Vivace.Rollouts.Tests.Measuring;

/// <summary>The counts by their definitions, with no thought for speed.</summary>
internal static class Oracle
{
    public static Measurements Measure(IReadOnlyList<UnitRecord> rows, RolloutPlan plan, DateTimeOffset until, DateTimeOffset now)
    {
        var compared = rows.Where(r => !r.Cohort && First(r) is { Percent: > 0 and <= 50 }).ToList();
        var cohort = rows.Where(r => r.Cohort && First(r) is not null).ToList();
        var fastChunks = rows.SelectMany(r => r.Turns).Where(t => t.Arm == RolloutArm.Fast && t.FirstChunk is not null).ToList();
        return new Measurements
        {
            At = now,
            Guards = [.. Enum.GetValues<GuardKind>().Select(k => Guard(k, rows, compared, until))],
            Units = new(Of(compared, RolloutArm.Fast).Count(), Of(compared, RolloutArm.Control).Count()),
            Pairs = Pairs(compared, plan, now),
            Latency = new(fastChunks.Count(t => t.FirstChunk > plan.FirstChunkSlo), fastChunks.Count),
            CohortFailures = new(cohort.Count(r => First(r)!.Failed), cohort.Count),
            Steps = [.. rows.SelectMany(r => r.Turns.Where(t => !r.Cohort || t.Percent == 0)).GroupBy(t => t.Percent).OrderBy(g => g.Key)
                .Select(g => new StepCount(g.Key, g.Count(t => t.Arm == RolloutArm.Fast), g.Count(t => t.Arm == RolloutArm.Control)))],
            JudgedUntil = until,
        };
    }

    private static StepTurn? First(UnitRecord row) => row.Turns.OrderBy(t => t.At).ThenBy(t => t.Percent).FirstOrDefault();

    private static IEnumerable<UnitRecord> Of(IEnumerable<UnitRecord> rows, RolloutArm arm) => rows.Where(r => First(r)!.Arm == arm);

    private static GuardCounts Guard(GuardKind kind, IEnumerable<UnitRecord> rows, List<UnitRecord> compared, DateTimeOffset until)
    {
        var bad = compared.Select(r => kind switch
        {
            GuardKind.Failure => r.Failed,
            GuardKind.Unsafe => r.Unsafe,
            _ => r.LowQuality?.At <= until ? r.LowQuality : null,
        }).OfType<BadEvent>().ToList();
        var control = Of(compared, RolloutArm.Control).ToList();
        var above = rows.Where(r => !r.Cohort).Except(control)
            .Select(r => r.Turns.Where(t => t is { Percent: > 50, Arm: RolloutArm.Fast }).OrderBy(t => t.At).ThenBy(t => t.Percent).FirstOrDefault());
        return new GuardCounts
        {
            Kind = kind,
            Compared = new(bad.Count(b => b.Arm == RolloutArm.Fast), bad.Count),
            ControlFirst = Outcomes(kind, control.Select(First), until),
            AboveHalf = Outcomes(kind, above, until),
        };
    }

    private static Count Outcomes(GuardKind kind, IEnumerable<StepTurn?> turns, DateTimeOffset until)
    {
        var known = turns.OfType<StepTurn>().Where(t => kind != GuardKind.LowQuality || (t.LowQuality is not null && t.At <= until)).ToList();
        return new(known.Count(t => kind switch { GuardKind.Failure => t.Failed, GuardKind.Unsafe => t.Unsafe, _ => t.LowQuality is true }), known.Count);
    }

    private static Count Pairs(List<UnitRecord> compared, RolloutPlan plan, DateTimeOffset now)
    {
        List<double?> Arm(RolloutArm arm) => [.. Of(compared, arm)
            .Where(r => First(r)!.At <= now - plan.Settling)
            .OrderBy(r => First(r)!.At).ThenBy(r => r.Unit, StringComparer.Ordinal)
            .Select(r => First(r)!.FirstChunk)];
        var pairs = Arm(RolloutArm.Fast).Zip(Arm(RolloutArm.Control)).ToList();
        return new(pairs.Count(p => p.First < plan.FasterThan * p.Second), pairs.Count);
    }
}
