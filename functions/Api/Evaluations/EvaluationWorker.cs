using Vivace.Api.Bus;
using Vivace.Api.Rollouts.Measuring;
using Vivace.Runtime.Evaluations;
using Vivace.Runtime.Storage;

namespace Vivace.Api.Evaluations;

/// <summary>
/// Handles the message that asks for a turn's evaluations, from whichever processor or trigger it comes. Delivered twice it
/// finds nothing pending the second time.
/// </summary>
internal sealed class EvaluationWorker(IEvaluationStore store, DeferredEvaluations evaluations, EvaluationSender sender, TurnMeasuring measuring, TimeProvider time)
{
    public async Task HandleAsync(EvaluationMessage message, CancellationToken cancellation)
    {
        var due = await store.DueAsync(message.TurnId, time.GetUtcNow(), cancellation);
        if (due.Count == 0)
        {
            return;
        }

        var run = await evaluations.RunAsync(due, cancellation);
        measuring.Judged(due[0].Rollout, run);
        foreach (var retry in run.Retries)
        {
            await sender.RetryAsync(message.TurnId, retry, cancellation);
        }
    }

    /// <summary>The broker has given the turn's message up: whatever is still pending is dead.</summary>
    public async Task GiveUpAsync(EvaluationMessage message, string reason, CancellationToken cancellation)
    {
        var pending = await store.DueAsync(message.TurnId, DateTimeOffset.MaxValue, cancellation);
        await store.EndAsync([.. pending.Select(job => DeferredEvaluations.Dead(job, reason))], time.GetUtcNow(), cancellation);
    }
}
