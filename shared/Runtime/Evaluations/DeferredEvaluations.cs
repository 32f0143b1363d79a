using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Vivace.Runtime.Capabilities;
using Vivace.Runtime.Evaluators;
using Vivace.Runtime.Models;
using Vivace.Runtime.Storage;
using Vivace.Runtime.Telemetry;

namespace Vivace.Runtime.Evaluations;

/// <summary>Runs one deferred evaluation, with the same input and model as it would have had inline.</summary>
public sealed partial class DeferredEvaluations(
    CapabilityRegistry registry, IChatClient models, IEvaluationStore store, VivaceMetrics metrics, TimeProvider time, ILogger<DeferredEvaluations> logger)
{
    /// <summary>Tries of an evaluation before it is dead.</summary>
    public const int MaxTries = 5;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>Runs the evaluation and records what became of it. Failure of the evaluator is recorded, not thrown.</summary>
    public async Task RunAsync(EvaluationJob job, CancellationToken cancellation)
    {
        var routing = new ModelRouting { TurnId = job.TurnId, Mode = job.Mode, Profile = job.Profile, MaxSize = ModelSize.Small };
        var evaluator = registry.PostEvaluators.FirstOrDefault(e => e.Evaluator.Name == job.Evaluator && e.Evaluator.Version == job.Version);
        if (evaluator is null)
        {
            await EndAsync(job, routing, EvaluationStatus.Skipped, "not-registered", null, cancellation);
            return;
        }

        try
        {
            using var activity = TurnActivity.Start(job.TurnId);
            using var scope = ModelRoutingScope.Begin(routing);
            using var bound = new BoundChatClient(models, routing, ModelSize.Small);
            var context = new PostEvaluatorContext(
                job.TurnId, job.ConversationId, job.RoomId, job.Owner, job.UserText, job.ReplyText, bound);
            var found = await Pipeline.Deadline.RunAsync(token => evaluator.EvaluateAsync(context, token), Deadline, time, cancellation);
            await EndAsync(job, routing, EvaluationStatus.Completed, null, found, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && e is not StoreUnavailableException)
        {
            await FailAsync(job, routing, e, cancellation);
        }
    }

    private async Task FailAsync(EvaluationJob job, ModelRouting routing, Exception e, CancellationToken cancellation)
    {
        var tries = job.Tries + 1;
        Log.Failed(logger, job.Evaluator, job.TurnId, tries, e.GetType().Name);
        if (tries >= MaxTries)
        {
            await EndAsync(job, routing, EvaluationStatus.Dead, e.GetType().Name, null, cancellation);
            return;
        }

        metrics.Evaluator(job.Evaluator, "retry", null, routing);
        await store.RetryAsync(job, time.GetUtcNow() + TimeSpan.FromSeconds(Math.Pow(4, tries - 1)), e.GetType().Name, cancellation);
    }

    private async Task EndAsync(
        EvaluationJob job, ModelRouting routing, EvaluationStatus status, string? reason, PostEvaluation? found, CancellationToken cancellation)
    {
        var record = new EvaluationRecord
        {
            TurnId = job.TurnId,
            ConversationId = job.ConversationId,
            Number = job.Number,
            Evaluator = job.Evaluator,
            Version = job.Version,
            Status = status,
            Deferred = true,
            Reason = reason,
            Result = found?.Result.GetRawText(),
            Facts = found?.Facts ?? [],
        };
        if (await store.EndAsync(record, time.GetUtcNow(), cancellation))
        {
            metrics.Evaluator(job.Evaluator, status.ToString().ToLowerInvariant(), reason, routing);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Evaluator {Evaluator} failed on turn {TurnId}, try {Tries}: {Fault}")]
        public static partial void Failed(ILogger logger, string evaluator, string turnId, int tries, string fault);
    }
}
