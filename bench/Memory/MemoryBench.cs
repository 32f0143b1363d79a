using Vivace.Bench.Children;
using Vivace.Bench.Reporting;
using Vivace.Bench.Throughput;

namespace Vivace.Bench.Memory;

/// <summary>Resident set after many turns, half of them fast, beside the bare endpoint after as many requests.</summary>
internal static class MemoryBench
{
    private const int Connections = 64;
    private const double LimitMb = 100;

    /// <summary>How much the last figure may exceed the one after the first turns.</summary>
    private const double Flat = 1.15;

    private static readonly TimeSpan DrainLimit = TimeSpan.FromMinutes(5);

    public static async Task<IReadOnlyList<Measure>> RunAsync(BenchPlan plan)
    {
        using var folder = new TemporaryFolder();
        await using var bare = ChildServer.Bare();
        await using var vivace = ChildServer.Vivace(folder.Path);
        List<Measure> measures = [Row("after start")];
        var inDefault = await TurnRequests.PrepareAsync(vivace, "default");
        var inFast = await TurnRequests.PrepareAsync(vivace, "fast");
        var done = 0;
        var first = 0d;
        foreach (var turns in plan.MemoryTurns)
        {
            foreach (var requests in (TurnRequests[])[inDefault, inFast])
            {
                await LoadGenerator.CountAsync(vivace.EndPoint, requests, Connections, (turns - done) / 2);
                await LoadGenerator.CountAsync(bare.EndPoint, requests, Connections, (turns - done) / 2);
            }

            done = turns;
            await vivace.IdleAsync(DrainLimit);
            var row = Row($"after {turns:#,0} turns");
            first = first == 0 ? row.Vivace : first;
            measures.Add(turns == plan.MemoryTurns[^1] ? row with { Goal = Goal.AtMost(row.Vivace, LimitMb, " MB") } : row);
        }

        var last = measures[^1].Vivace;
        measures.Add(new Measure("Memory, most until then", vivace.MostMb(), bare.MostMb(), "bare", "MB", vivace.MostMb() / bare.MostMb()));
        measures.Add(new Measure(
            $"Memory, after {plan.MemoryTurns[^1]:#,0} turns", last, first, $"after {plan.MemoryTurns[0]:#,0}", "MB", last / first, Goal.AtMost(last / first, Flat, "× (flat)")));
        return measures;

        Measure Row(string when)
        {
            var (mine, other) = (vivace.ResidentMb(), bare.ResidentMb());
            return new Measure($"Memory, resident {when}", mine, other, "bare", "MB", mine / other);
        }
    }
}
