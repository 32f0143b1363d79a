using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Vivace.Runtime.Capabilities;
using Vivace.Runtime.Evaluators;
using Vivace.Runtime.Models;
using Vivace.Runtime.Storage;
using Vivace.Runtime.Telemetry;

namespace Vivace.Runtime.Evaluations;

/// <summary>Runs deferred evaluations, with the same input and model as they would have had inline.</summary>
public sealed partial class DeferredEvaluations(
    CapabilityRegistry registry, IChatClient models, IEvaluationStore store, EvaluationPatience patience, VivaceMetrics metrics, TimeProvider time, ILogger<DeferredEvaluations> logger)
{
    /// <summary>Tries of an evaluation before it is dead.</summary>
    public const int MaxTries = 5;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>The record of an evaluation that is not tried again.</summary>
    public static EvaluationRecord Dead(EvaluationJob job, string reason) => Ended(job, EvaluationStatus.Dead) with { Reason = reason };

    /// <summary>
    /// Runs the due evaluations of one turn, one after another, and records what became of them in one transaction. Failure
    /// of an evaluator is recorded, not thrown.
    /// </summary>
    public async Task<EvaluationRun> RunAsync(IReadOnlyList<EvaluationJob> ofOneTurn, CancellationToken cancellation)
    {
        var job = ofOneTurn[0];
        var routing = new ModelRouting { TurnId = job.TurnId, Mode = job.Mode, Profile = job.Profile, MaxSize = ModelSize.Small };
        using var activity = TurnActivity.Start(job.TurnId);
        using var scope = ModelRoutingScope.Begin(routing);
        using var bound = new BoundChatClient(models, routing, ModelSize.Small);
        var records = new List<EvaluationRecord>(ofOneTurn.Count);
        var retries = new SortedDictionary<int, EvaluationRetry>();
        foreach (var due in ofOneTurn)
        {
            var (record, retry) = await EvaluateAsync(due, routing, bound, cancellation);
            if (record is not null)
            {
                records.Add(record);
            }
            else if (retry is { } next)
            {
                retries[next.Tries] = next;
            }
        }

        var ended = await store.EndAsync(records, time.GetUtcNow(), cancellation);
        foreach (var record in ended)
        {
            metrics.Evaluator(record.Evaluator, record.Status.ToString().ToLowerInvariant(), record.Reason, routing);
        }

        return new EvaluationRun(ended, [.. retries.Values], routing.Calls.Snapshot());
    }

    /// <summary>How the evaluation ended, or when it is tried again.</summary>
    private async ValueTask<(EvaluationRecord? Ended, EvaluationRetry? Retry)> EvaluateAsync(
        EvaluationJob job, ModelRouting routing, IChatClient bound, CancellationToken cancellation)
    {
        var evaluator = registry.PostEvaluators.FirstOrDefault(e => e.Evaluator.Name == job.Evaluator && e.Evaluator.Version == job.Version);
        if (evaluator is null)
        {
            return (Ended(job, EvaluationStatus.Skipped) with { Reason = "not-registered" }, null);
        }

        try
        {
            var context = new PostEvaluatorContext(
                job.TurnId, job.ConversationId, job.RoomId, job.Owner, job.UserText, job.ReplyText, bound);
            var found = await Pipeline.Deadline.RunAsync(token => evaluator.EvaluateAsync(context, token), Deadline, time, cancellation);
            return (Ended(job, EvaluationStatus.Completed) with { Result = found.Result.GetRawText(), Facts = found.Facts ?? [] }, null);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && e is not StoreUnavailableException)
        {
            return await FailAsync(job, routing, e, cancellation);
        }
    }

    private async ValueTask<(EvaluationRecord? Ended, EvaluationRetry? Retry)> FailAsync(EvaluationJob job, ModelRouting routing, Exception e, CancellationToken cancellation)
    {
        var tries = job.Tries + 1;
        Log.Failed(logger, job.Evaluator, job.TurnId, tries, e.GetType().Name);
        if (tries >= MaxTries)
        {
            return (Dead(job, e.GetType().Name), null);
        }

        metrics.Evaluator(job.Evaluator, "retry", null, routing);
        var due = time.GetUtcNow() + patience.RetryAfter * Math.Pow(4, tries - 1);
        await store.RetryAsync(job, due, due + patience.ResendAfter, e.GetType().Name, cancellation);
        return (null, new EvaluationRetry(tries, due));
    }

    private static EvaluationRecord Ended(EvaluationJob job, EvaluationStatus status) => new()
    {
        TurnId = job.TurnId,
        ConversationId = job.ConversationId,
        Number = job.Number,
        Evaluator = job.Evaluator,
        Version = job.Version,
        Status = status,
        Deferred = true,
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Evaluator {Evaluator} failed on turn {TurnId}, try {Tries}: {Fault}")]
        public static partial void Failed(ILogger logger, string evaluator, string turnId, int tries, string fault);
    }
}
