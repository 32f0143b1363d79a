using System.Diagnostics;
using Vivace.Api.Turns;
using Vivace.Bench.InProcess;
using Vivace.Bench.Reporting;
using Vivace.Contracts.Processing;

namespace Vivace.Bench.StoreTime;

/// <summary>
/// What the store costs of a default turn: its reads and its two durable writes with rows as long as a real turn's, without
/// pipeline, model and HTTP. Beside it the two writes alone.
/// </summary>
internal static class StoreTimeBench
{
    public static async Task<IReadOnlyList<Measure>> RunAsync(BenchPlan plan)
    {
        await using var local = await LocalVivace.CreateAsync(new FixedModel(TimeSpan.Zero), withBackground: false);
        var example = await ExampleAsync(local);
        using var folder = new TemporaryFolder();
        using var turns = await StoredTurns.CreateAsync(folder.Path, example);
        List<Measure> measures = [];
        foreach (var concurrency in (int[])[1, 64])
        {
            List<Round> whole = [];
            List<Round> writes = [];
            for (var round = -1; round < plan.Rounds; round++)
            {
                // The first warms up.
                whole.Add(await RoundAsync(turns, plan.FrameworkTurns, concurrency, reads: true));
                writes.Add(await RoundAsync(turns, plan.FrameworkTurns, concurrency, reads: false));
            }

            var name = $"Store alone, {concurrency} at a time";
            measures.Add(Compare($"{name}, wall time a turn", whole[1..], writes[1..], r => r.Wall));
            measures.Add(Compare($"{name}, processor time a turn", whole[1..], writes[1..], r => r.Processor));
        }

        return measures;
    }

    /// <summary>The second turn of a conversation, which has all that later ones have.</summary>
    private static async Task<StoredExample> ExampleAsync(LocalVivace local)
    {
        await local.TurnAsync(0, ProcessingMode.Default);
        var turn = await local.AcceptAsync(0, ProcessingMode.Default, streamed: false);
        await local.Services.GetRequiredService<TurnExecutor>().RunAsync(turn, CancellationToken.None);
        return await StoredExample.ReadAsync(local.Services, turn.Context);
    }

    private static async Task<Round> RoundAsync(StoredTurns turns, int count, int concurrency, bool reads)
    {
        var processor = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(lane => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) < count)
            {
                await turns.TurnAsync(lane, reads);
            }
        })));
        return new Round(
            Stopwatch.GetElapsedTime(started).TotalMicroseconds / count, (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / count);
    }

    private static Measure Compare(string name, List<Round> whole, List<Round> writes, Func<Round, double> figure)
    {
        double[] these = [.. whole.Select(figure)];
        double[] those = [.. writes.Select(figure)];
        return new Measure($"{name}: reads and writes", Stats.Median(these), Stats.Median(those), "writes alone", "µs", Stats.MedianRatio(these, those));
    }

    private sealed record Round(double Wall, double Processor);
}
