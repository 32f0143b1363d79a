using Vivace.Bench.Children;
using Vivace.Bench.Reporting;

namespace Vivace.Bench.Start;

/// <summary>From the start of the process to the first 200 of <c>/health/live</c>, beside the bare endpoint.</summary>
internal static class StartBench
{
    private const double LimitMs = 200;

    public static async Task<IReadOnlyList<Measure>> RunAsync(BenchPlan plan)
    {
        using var existing = new TemporaryFolder();
        List<double> bare = [];
        List<double> onFresh = [];
        List<double> onExisting = [];
        for (var i = -1; i < plan.Starts; i++)
        {
            // The first of each reads the programs from the disk and is left out.
            using var fresh = new TemporaryFolder();
            bare.Add(await TimeAsync(ChildServer.Bare));
            onFresh.Add(await TimeAsync(() => ChildServer.Vivace(fresh.Path)));
            onExisting.Add(await TimeAsync(() => ChildServer.Vivace(existing.Path)));
        }

        return [Row("fresh folder", onFresh[1..]), Row("existing folder", onExisting[1..])];

        Measure Row(string name, List<double> times)
        {
            var ratio = Stats.MedianRatio(times, bare[1..]);
            var median = Stats.Median(times);
            return new Measure(
                $"Start, {name}", median, Stats.Median(bare[1..]), "bare", "ms", ratio, Goal.AtMost(ratio, 2, "×").And(Goal.AtMost(median, LimitMs, " ms")));
        }
    }

    private static async Task<double> TimeAsync(Func<ChildServer> start)
    {
        await using var server = start();
        return server.StartTime.TotalMilliseconds;
    }
}
