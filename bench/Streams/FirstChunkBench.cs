using System.Diagnostics;
using Vivace.Api.Streams;
using Vivace.Api.Turns;
using Vivace.Bench.InProcess;
using Vivace.Bench.Reporting;
using Vivace.Contracts.Processing;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Pipeline;
using Vivace.Runtime.Storage;
using Vivace.Runtime.Turns;

namespace Vivace.Bench.Streams;

/// <summary>
/// From a message's acceptance to the first text at its reader: through Service Bus, as in production, beside the same
/// pipeline that writes straight to its reader. Streams go on while others begin, a word every 25 ms.
/// </summary>
internal static class FirstChunkBench
{
    private static readonly TimeSpan BetweenWords = TimeSpan.FromMilliseconds(25);

    public static async Task<IReadOnlyList<Measure>> RunAsync(BenchPlan plan)
    {
        await using var local = await LocalVivace.CreateAsync(new FixedModel(TimeSpan.Zero, BetweenWords), withBackground: true);
        List<Measure> measures = [];
        await RoundAsync(local, plan.StreamWarmUp, 100, ThroughBusAsync);
        await RoundAsync(local, plan.StreamWarmUp, 100, StraightAsync);
        foreach (var (concurrency, atMostP50, atMostP95) in ((int, double?, double?)[])[(1, 3, 10), (100, 8, 30), (400, null, null)])
        {
            List<double> bus = [];
            List<double> straight = [];
            for (var round = 0; round < plan.StreamRounds; round++)
            {
                var streams = Math.Max(concurrency * plan.StreamsEach, plan.StreamsAtOne);
                straight.AddRange(await RoundAsync(local, streams, concurrency, StraightAsync));
                bus.AddRange(await RoundAsync(local, streams, concurrency, ThroughBusAsync));
            }

            measures.Add(Row(concurrency, "p50", Stats.Median(bus), Stats.Median(straight), atMostP50));
            measures.Add(Row(concurrency, "p95", Stats.Percentile(bus, 0.95), Stats.Percentile(straight, 0.95), atMostP95));
        }

        return measures;
    }

    private static Measure Row(int concurrency, string which, double bus, double straight, double? most) => new(
        $"First chunk, {concurrency} streams at once, {which}: through Service Bus", bus, straight, "in process", "ms", bus / straight,
        most is { } limit ? Goal.AtMost(bus - straight, limit, " ms more") : null);

    private static async Task<double[]> RoundAsync(LocalVivace local, int streams, int concurrency, Func<LocalVivace, int, Task<double>> streamAsync)
    {
        var times = new double[streams];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(number => Task.Run(async () =>
        {
            // Spread over the time of one stream, so that streams begin while others go on rather than all at once.
            await Task.Delay(BetweenWords * (FixedModel.WordCount - 1) * number / concurrency);
            for (int i; (i = Interlocked.Increment(ref next)) < streams;)
            {
                times[i] = await streamAsync(local, i);
            }
        })));
        return times;
    }

    private static async Task<double> ThroughBusAsync(LocalVivace local, int number)
    {
        var started = Stopwatch.GetTimestamp();
        var turn = await local.AcceptAsync(number, ProcessingMode.Fast, streamed: true);
        var options = turn.Context.Options;
        var relays = local.Services.GetRequiredService<StreamRelays>();
        var key = new TurnKey(options.TurnId, options.Owner, options.RoomId, Streamed: true, options.Processing.ToReport());
        var frames = relays.Follow(key, after: null, CancellationToken.None);
        _ = local.Services.GetRequiredService<TurnDispatch>().TrySendAsync(options);
        var first = 0d;
        await foreach (var frame in frames)
        {
            if (first == 0 && frame.Event?.Text is not null)
            {
                first = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            }
        }

        return first > 0 ? first : throw new InvalidOperationException("A stream had no text.");
    }

    private static async Task<double> StraightAsync(LocalVivace local, int number)
    {
        var started = Stopwatch.GetTimestamp();
        var turn = await local.AcceptAsync(number, ProcessingMode.Fast, streamed: false);
        var options = turn.Context.Options;
        var context = TurnContext.Create(options with { Streamed = true }, turn.Context.StartedTimestamp);
        var sink = new FirstTextSink(started);
        await local.Services.GetRequiredService<MessagePipeline>().RunAsync(context, sink, CancellationToken.None);
        local.Services.GetRequiredService<LiveTurns>().End(turn.Live!);

        // It ends with one write to the store, as the other way does.
        var row = await local.Services.GetRequiredService<ITurnStore>().FindAsync(options.Owner, options.TurnId, CancellationToken.None);
        await local.Services.GetRequiredService<LostTurn>().EndAsync(row!, TurnStatus.Cancelled, TurnFailure.None, CancellationToken.None);
        return sink.FirstMs;
    }
}
