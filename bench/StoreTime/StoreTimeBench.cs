using System.Diagnostics;
using Vivace.Api.Turns;
using Vivace.Bench.InProcess;
using Vivace.Bench.Reporting;
using Vivace.Contracts.Processing;

namespace Vivace.Bench.StoreTime;

/// <summary>
/// What the store costs of a default turn: its reads and its durable write with rows as long as a real turn's, without
/// pipeline, model and HTTP; beside it the write alone, and beside that a turn whose acceptance is written by itself.
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
            List<Round> one = [];
            List<Round> two = [];
            for (var round = -1; round < plan.Rounds; round++)
            {
                // The first warms up.
                whole.Add(await RoundAsync(turns, plan.FrameworkTurns, concurrency, StoredPart.ReadsAndOneWrite));
                one.Add(await RoundAsync(turns, plan.FrameworkTurns, concurrency, StoredPart.OneWrite));
                two.Add(await RoundAsync(turns, plan.FrameworkTurns, concurrency, StoredPart.TwoWrites));
            }

            var name = $"Store alone, {concurrency} at a time";
            measures.Add(Compare($"{name}, wall time a turn: reads and its write", "the write alone", whole[1..], one[1..], r => r.Wall));
            measures.Add(Compare($"{name}, processor time a turn: reads and its write", "the write alone", whole[1..], one[1..], r => r.Processor));
            measures.Add(Compare($"{name}, wall time a turn: one write", "two writes", one[1..], two[1..], r => r.Wall));
            measures.Add(Compare($"{name}, processor time a turn: one write", "two writes", one[1..], two[1..], r => r.Processor));
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

    private static async Task<Round> RoundAsync(StoredTurns turns, int count, int concurrency, StoredPart part)
    {
        var processor = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(lane => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) < count)
            {
                await turns.TurnAsync(lane, part);
            }
        })));
        return new Round(
            Stopwatch.GetElapsedTime(started).TotalMicroseconds / count, (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / count);
    }

    private static Measure Compare(string name, string beside, List<Round> mine, List<Round> other, Func<Round, double> figure)
    {
        double[] these = [.. mine.Select(figure)];
        double[] those = [.. other.Select(figure)];
        return new Measure(name, Stats.Median(these), Stats.Median(those), beside, "µs", Stats.MedianRatio(these, those));
    }

    private sealed record Round(double Wall, double Processor);
}
