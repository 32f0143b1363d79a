using Vivace.Runtime.Evaluations;
using Vivace.Runtime.Storage;

namespace Vivace.Api.Evaluations;

/// <summary>Gives evaluations that failed as often as they are tried another chance.</summary>
internal sealed class DeadEvaluations(IEvaluationStore store, EvaluationSender sender, EvaluationPatience patience, TimeProvider time)
{
    private const int BatchSize = 256;

    /// <summary>False when there is no such dead one.</summary>
    public async Task<bool> TryRequeueAsync(EvaluationKey key, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (!await store.RequeueAsync(key, now, now + patience.ResendAfter, cancellation))
        {
            return false;
        }

        // A new id: the one it died under would be dropped as a duplicate.
        await sender.TrySendAsync(key.TurnId, $"requeue-{key.Evaluator}-{now.ToUnixTimeMilliseconds()}", null, cancellation);
        return true;
    }

    /// <summary>How many there were.</summary>
    public async Task<int> RequeueAllAsync(CancellationToken cancellation)
    {
        var requeued = 0;
        EvaluationKey? last = null;
        while (await store.DeadAsync(last, BatchSize, cancellation) is { Count: > 0 } dead)
        {
            // All at once: writes are committed and messages are sent in groups.
            var tries = await Task.WhenAll(dead.Select(evaluation => TryRequeueAsync(evaluation.Key, cancellation)));
            requeued += tries.Count(was => was);
            last = dead[^1].Key;
        }

        return requeued;
    }
}
