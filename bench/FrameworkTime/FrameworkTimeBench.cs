using System.Diagnostics;
using Vivace.Bench.InProcess;
using Vivace.Bench.Reporting;
using Vivace.Contracts.Processing;

namespace Vivace.Bench.FrameworkTime;

/// <summary>What a turn costs beside its model calls: acceptance, pipeline and completion with a model that answers at once.</summary>
internal static class FrameworkTimeBench
{
    public static async Task<IReadOnlyList<Measure>> RunAsync(BenchPlan plan)
    {
        await using var local = await LocalVivace.CreateAsync(new FixedModel(TimeSpan.Zero), withBackground: false);
        await RoundAsync(local, plan.FrameworkTurns, 1, ProcessingMode.Default);
        await RoundAsync(local, plan.FrameworkTurns, 64, ProcessingMode.Fast);
        List<Measure> measures = [];
        foreach (var concurrency in (int[])[1, 64])
        {
            List<Round> inDefault = [];
            List<Round> inFast = [];
            for (var i = 0; i < plan.Rounds; i++)
            {
                inDefault.Add(await RoundAsync(local, plan.FrameworkTurns, concurrency, ProcessingMode.Default));
                inFast.Add(await RoundAsync(local, plan.FrameworkTurns, concurrency, ProcessingMode.Fast));
            }

            var name = $"Framework time, {concurrency} at a time";
            measures.Add(Compare($"{name}, p50", inFast, inDefault, r => r.P50, "µs"));
            measures.Add(Compare($"{name}, p95", inFast, inDefault, r => r.P95, "µs"));
            measures.Add(Compare($"{name}, wall time a turn", inFast, inDefault, r => r.Wall, "µs"));
            measures.Add(Compare($"{name}, processor time a turn", inFast, inDefault, r => r.Processor, "µs"));
            measures.Add(Compare($"{name}, allocated a turn", inFast, inDefault, r => r.AllocatedKb, "kB"));
        }

        return measures;
    }

    private static async Task<Round> RoundAsync(LocalVivace local, int turns, int concurrency, ProcessingMode mode)
    {
        var allocated = GC.GetTotalAllocatedBytes();
        var processor = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        var times = await local.TurnsAsync(turns, concurrency, mode);
        var wall = Stopwatch.GetElapsedTime(started).TotalMicroseconds / turns;
        return new Round(
            Stats.Median(times),
            Stats.Percentile(times, 0.95),
            wall,
            (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / turns,
            (GC.GetTotalAllocatedBytes() - allocated) / 1000d / turns);
    }

    private static Measure Compare(string name, List<Round> inFast, List<Round> inDefault, Func<Round, double> figure, string unit)
    {
        double[] fast = [.. inFast.Select(figure)];
        double[] normal = [.. inDefault.Select(figure)];
        return new Measure($"{name}: fast", Stats.Median(fast), Stats.Median(normal), "default", unit, Stats.MedianRatio(fast, normal));
    }

    private sealed record Round(double P50, double P95, double Wall, double Processor, double AllocatedKb);
}
