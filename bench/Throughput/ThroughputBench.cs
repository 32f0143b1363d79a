using System.Diagnostics;
using Vivace.Bench.Children;
using Vivace.Bench.Reporting;

namespace Vivace.Bench.Throughput;

/// <summary>Requests a second of the published program beside a bare endpoint that reads and writes as many bytes.</summary>
internal static class ThroughputBench
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(60);

    public static async Task<IReadOnlyList<Measure>> RunAsync(BenchPlan plan)
    {
        using var normalFolder = new TemporaryFolder();
        using var fullFolder = new TemporaryFolder();
        await using var bare = ChildServer.Bare();
        await using var normal = ChildServer.Vivace(normalFolder.Path, "normal");
        await using var full = ChildServer.Vivace(fullFolder.Path, "full");
        List<Measure> measures = [];
        foreach (var mode in (string[])["default", "fast"])
        {
            var requests = await TurnRequests.PrepareAsync(normal, mode);
            Side[] sides =
            [
                new("normal", normal, requests),
                new("normal, under a key", normal, requests.WithKeys()),
                new("full", full, await TurnRequests.PrepareAsync(full, mode)),
            ];
            foreach (var connections in (int[])[1, 64])
            {
                measures.AddRange(await CompareAsync(plan, mode, connections, bare, sides));
            }
        }

        return measures;
    }

    private static async Task<IEnumerable<Measure>> CompareAsync(BenchPlan plan, string mode, int connections, ChildServer bare, Side[] sides)
    {
        List<double> bareRates = [];
        var rates = sides.ToDictionary(s => s, _ => new List<double>());
        var sustained = sides.ToDictionary(s => s, _ => new List<double>());
        for (var round = -1; round < plan.HttpRounds; round++)
        {
            // The first, short cycle warms up.
            var time = round < 0 ? plan.HttpRound / 4 : plan.HttpRound;
            bareRates.Add(await LoadGenerator.RateAsync(bare.EndPoint, sides[0].Requests, connections, time));
            foreach (var side in sides)
            {
                var started = Stopwatch.GetTimestamp();
                var rate = await LoadGenerator.RateAsync(side.Server.EndPoint, side.Requests, connections, time);
                var loaded = Stopwatch.GetElapsedTime(started);
                var drain = await side.Server.IdleAsync(DrainLimit);
                rates[side].Add(rate);
                sustained[side].Add(rate * (loaded / (loaded + drain)));
            }
        }

        return sides.SelectMany(side => Rows(side, $"HTTP {mode}, synchronous {side.Name}, {connections} conn.", mode, bareRates[1..], rates[side][1..], sustained[side][1..]));
    }

    private static IEnumerable<Measure> Rows(Side side, string name, string mode, List<double> bare, List<double> rates, List<double> sustained)
    {
        var ratio = Stats.MedianRatio(rates, bare);
        var goal = side.Name == "normal" ? Goal.AtLeast(ratio, mode == "fast" ? 0.10 : 0.25, "× bare") : null;
        yield return new Measure(name, Stats.Median(rates), Stats.Median(bare), "bare", "/s", ratio, goal);
        if (mode == "fast")
        {
            yield return new Measure(
                $"{name}, deferred work drained", Stats.Median(sustained), Stats.Median(bare), "bare", "/s", Stats.MedianRatio(sustained, bare));
        }
    }

    private sealed record Side(string Name, ChildServer Server, TurnRequests Requests);
}
