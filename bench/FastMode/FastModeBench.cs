using Vivace.Bench.InProcess;
using Vivace.Bench.Reporting;
using Vivace.Contracts.Processing;

namespace Vivace.Bench.FastMode;

/// <summary>What fast mode saves by itself, when both models are equally slow: fewer calls before the reply.</summary>
internal static class FastModeBench
{
    private const int Concurrency = 8;
    private const double ModelMs = 300;

    public static async Task<IReadOnlyList<Measure>> RunAsync(BenchPlan plan)
    {
        await using var local = await LocalVivace.CreateAsync(new FixedModel(TimeSpan.FromMilliseconds(ModelMs)), withBackground: true);
        await local.TurnsAsync(Concurrency, Concurrency, ProcessingMode.Default);
        await local.TurnsAsync(Concurrency, Concurrency, ProcessingMode.Fast);
        List<double> inDefault = [];
        List<double> inFast = [];
        while (inFast.Count < plan.FastTurns)
        {
            inDefault.AddRange(await TurnsAsync(local, ProcessingMode.Default));
            inFast.AddRange(await TurnsAsync(local, ProcessingMode.Fast));
        }

        return
        [
            Compare(0.5, (fast, _) => Goal.AtMost(fast, ModelMs + 30, " ms")),
            Compare(0.95, (_, ratio) => Goal.AtMost(ratio, 0.5, "×")),
        ];

        Measure Compare(double p, Func<double, double, Goal> goal)
        {
            var (fast, normal) = (Stats.Percentile(inFast, p), Stats.Percentile(inDefault, p));
            return new Measure(
                $"Reply time, {ModelMs} ms a model call, p{p * 100:0}: fast", fast, normal, "default", "ms", fast / normal, goal(fast, fast / normal));
        }
    }

    private static async Task<IEnumerable<double>> TurnsAsync(LocalVivace local, ProcessingMode mode)
        => (await local.TurnsAsync(Concurrency, Concurrency, mode)).Select(us => us / 1000);
}
