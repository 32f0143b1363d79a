using System.Diagnostics;
using System.Globalization;
using System.Text;
using Vivace.Bench.Reporting;
using Vivace.Rollouts.Flags;

namespace Vivace.Bench.FlagDecision;

/// <summary>What it takes to decide from a snapshot of the flags which arm a turn is of, each of another unit.</summary>
internal static class FlagDecisionBench
{
    private const double LimitMicroseconds = 5;

    public static async Task<IReadOnlyList<Measure>> RunAsync(BenchPlan plan)
    {
        var rolling = Snapshot(RuntimeFlag.Write(null, new RolloutAllocation { Seed = "bench", Percent = 50, Users = ["somebody"], Groups = ["staff"] }));
        var off = Snapshot(RuntimeFlag.Switch(FlagNames.Runtime, null, false));
        string[] units = [.. Enumerable.Range(0, plan.FlagDecisions).Select(i => string.Create(CultureInfo.InvariantCulture, $"key:web/user-{i}"))];
        await RoundAsync(rolling, units);
        await RoundAsync(off, units);
        List<double[]> decided = [];
        List<double[]> undecided = [];
        for (var i = 0; i < plan.Rounds; i++)
        {
            decided.Add(await RoundAsync(rolling, units));
            undecided.Add(await RoundAsync(off, units));
        }

        var p50 = Row("p50", 0.5);
        return [p50 with { Goal = Goal.AtMost(p50.Vivace, LimitMicroseconds, " µs") }, Row("p95", 0.95)];

        Measure Row(string name, double percentile)
        {
            double[] with = [.. decided.Select(r => Stats.Percentile(r, percentile))];
            double[] without = [.. undecided.Select(r => Stats.Percentile(r, percentile))];
            return new Measure($"One flag decision, {name}: a rollout at 50 %", Stats.Median(with), Stats.Median(without), "flag off", "µs", Stats.MedianRatio(with, without));
        }
    }

    private static async Task<double[]> RoundAsync(FlagSnapshot snapshot, string[] units)
    {
        string[] groups = ["guests"];
        var times = new double[units.Length];
        for (var i = 0; i < units.Length; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await snapshot.DecideAsync(units[i], groups, CancellationToken.None);

            // A TimeSpan would round what is below a tenth of a microsecond to nothing.
            times[i] = (Stopwatch.GetTimestamp() - started) * 1e6 / Stopwatch.Frequency;
        }

        return times;
    }

    private static FlagSnapshot Snapshot(string runtime) => FlagSnapshot.Parse(Encoding.UTF8.GetBytes(
        $$$"""{"feature_management":{"feature_flags":[{{{RuntimeFlag.Switch(FlagNames.Contract, null, true)}}},{{{runtime}}}]}}"""));
}
