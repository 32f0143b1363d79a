using Vivace.Runtime.Evaluations;
using Vivace.Runtime.Evaluators;
using Vivace.Runtime.Telemetry;

namespace Vivace.Runtime.Pipeline;

/// <summary>
/// Runs the evaluators of the reply that are not critical, in order, or leaves them for later as the profile says. Each
/// of them leaves a record, run or not.
/// </summary>
internal sealed class EvaluatePostStage(VivaceMetrics metrics, TimeProvider time)
{
    public async Task RunAsync(TurnRun run, CancellationToken cancellation)
    {
        var deferred = run.Turn.Profile.Options.PostEvaluators.Deferred;
        foreach (var evaluator in run.Turn.Profile.PostEvaluators)
        {
            var record = NewRecord(run, evaluator, deferred);
            record = run.End is { } end ? record with { Status = EvaluationStatus.Skipped, Reason = end.Replacement is null ? "no-reply" : "blocked" }
                : deferred ? record
                : await EvaluateAsync(evaluator, record, run, cancellation);
            run.Evaluations.Add(record);
            metrics.Evaluator(record.Evaluator, record.Status.ToString().ToLowerInvariant(), record.Reason, run.Turn.Routing);
        }
    }

    /// <summary>A record for every evaluator that has not had its say, so that none is lost silently.</summary>
    /// <param name="had">The records of those that have.</param>
    public static IEnumerable<EvaluationRecord> SkipRest(TurnRun run, IReadOnlyList<EvaluationRecord> had, string reason, VivaceMetrics metrics)
    {
        foreach (var evaluator in run.Turn.Profile.PostEvaluators.Where(e => had.All(r => r.Evaluator != e.Evaluator.Name)))
        {
            metrics.Evaluator(evaluator.Evaluator.Name, "skipped", reason, run.Turn.Routing);
            yield return NewRecord(run, evaluator, run.Turn.Profile.Options.PostEvaluators.Deferred) with { Status = EvaluationStatus.Skipped, Reason = reason };
        }
    }

    private static EvaluationRecord NewRecord(TurnRun run, IPostEvaluator evaluator, bool deferred) => new()
    {
        TurnId = run.Turn.Options.TurnId,
        ConversationId = run.Turn.Options.ConversationId,
        Number = run.Turn.Options.Number,
        Evaluator = evaluator.Evaluator.Name,
        Version = evaluator.Evaluator.Version,
        Status = EvaluationStatus.Pending,
        Deferred = deferred,
    };

    private async Task<EvaluationRecord> EvaluateAsync(
        IPostEvaluator evaluator, EvaluationRecord record, TurnRun run, CancellationToken cancellation)
    {
        try
        {
            var options = run.Turn.Options;
            var context = new PostEvaluatorContext(
                options.TurnId, options.ConversationId, options.RoomId, options.Owner, run.Text, run.Gate.ReleasedText, run.Model);
            var limit = TimeSpan.FromSeconds(run.Turn.Profile.Options.PostEvaluators.DeadlineSeconds);
            var found = await Deadline.RunAsync(token => evaluator.EvaluateAsync(context, token), limit, time, cancellation);
            return record with { Status = EvaluationStatus.Completed, Result = found.Result.GetRawText(), Facts = found.Facts ?? [] };
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && e is not Models.ModelRoutingException)
        {
            return record with { Status = EvaluationStatus.Skipped, Reason = e is TimeoutException ? "timeout" : e.GetType().Name };
        }
    }
}
