using Vivace.Api.Hosting;
using Vivace.Runtime.Evaluations;
using Vivace.Runtime.Storage;

namespace Vivace.Api.Evaluations;

/// <summary>Drains deferred evaluations of this process's store, a few at a time, so that turns keep the machine.</summary>
internal sealed class EvaluationLoop(
    IEvaluationStore store, DeferredEvaluations evaluations, TimeProvider time, ILogger<EvaluationLoop> logger) : RepeatingLoop(time, logger)
{
    private const int BatchSize = 96;
    private const int Concurrency = 8;

    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider time = time;

    protected override async ValueTask<TimeSpan> RoundAsync(CancellationToken stopping)
    {
        var due = await store.DueAsync(time.GetUtcNow(), BatchSize, stopping);
        await Parallel.ForEachAsync(
            due.GroupBy(job => job.TurnId),
            new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = stopping },
            async (jobs, cancellation) => await evaluations.RunAsync([.. jobs], cancellation));
        return due.Count < BatchSize ? Idle : TimeSpan.Zero;
    }
}
