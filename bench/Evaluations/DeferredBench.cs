using System.Diagnostics;
using Vivace.Bench.InProcess;
using Vivace.Bench.Reporting;
using Vivace.Contracts.Processing;
using Vivace.Runtime.Storage;

namespace Vivace.Bench.Evaluations;

/// <summary>How long the deferred evaluations of many fast turns take to drain, beside the turns themselves.</summary>
internal static class DeferredBench
{
    private const int Concurrency = 64;

    public static async Task<IReadOnlyList<Measure>> RunAsync(BenchPlan plan)
    {
        await using var local = await LocalVivace.CreateAsync(new FixedModel(TimeSpan.Zero), withBackground: true);
        var store = local.Services.GetRequiredService<IEvaluationStore>();
        await local.TurnsAsync(256, Concurrency, ProcessingMode.Fast);
        await DrainAsync(store);
        var started = Stopwatch.GetTimestamp();
        await local.TurnsAsync(plan.DeferredTurns, Concurrency, ProcessingMode.Fast);
        var turns = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var before = await PendingAsync(store);
        await DrainAsync(store);
        var all = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var evaluations = await CompletedAsync(store);
        return
        [
            new Measure($"Deferred: {plan.DeferredTurns:#,0} fast turns and their evaluations", all, turns, "the turns alone", "s", all / turns),
            new Measure("Deferred: evaluations completed", evaluations, before, "pending when the last turn ended", "", before == 0 ? 0 : evaluations / before),
        ];
    }

    private static async Task DrainAsync(IEvaluationStore store)
    {
        while (await PendingAsync(store) > 0)
        {
            await Task.Delay(20);
        }
    }

    private static async Task<double> PendingAsync(IEvaluationStore store) => (await store.CountAsync(CancellationToken.None)).Sum(c => c.Pending);

    private static async Task<double> CompletedAsync(IEvaluationStore store) => (await store.CountAsync(CancellationToken.None)).Sum(c => c.Completed);
}
