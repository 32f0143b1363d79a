using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Vivace.Contracts.Processing;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Models;
using Vivace.Runtime.Replies;
using Vivace.Runtime.Telemetry;
using Vivace.Runtime.Turns;

namespace Vivace.Runtime.Pipeline;

/// <summary>Processes one message. The order of the stages is the body of <see cref="RunStagesAsync"/>.</summary>
public sealed partial class MessagePipeline
{
    private readonly IChatClient models;
    private readonly VivaceMetrics metrics;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly EvaluatePreStage evaluatePre;
    private readonly ComposeStateStage composeState;
    private readonly ShouldRespondStage shouldRespond;
    private readonly GenerateResponseStage generateResponse;
    private readonly ProcessActionsStage processActions;
    private readonly EvaluatePostStage evaluatePost;

    public MessagePipeline(
        IChatClient models, VivaceMetrics metrics, TimeProvider time, AgentOptions agent, ILogger<MessagePipeline> logger)
    {
        this.models = models;
        this.metrics = metrics;
        this.time = time;
        this.logger = logger;
        evaluatePre = new EvaluatePreStage(agent, metrics, time);
        composeState = new ComposeStateStage(metrics, time);
        shouldRespond = new ShouldRespondStage(agent, time);
        generateResponse = new GenerateResponseStage(models, metrics, logger);
        processActions = new ProcessActionsStage(metrics);
        evaluatePost = new EvaluatePostStage(metrics, time);
    }

    /// <summary>
    /// Runs the turn to its end. Expected failures are outcomes; only a fault of the program's own environment throws.
    /// </summary>
    /// <param name="turn">The turn, resolved.</param>
    /// <param name="sink">Takes text while it is released; null when only the outcome is wanted.</param>
    /// <param name="cancellation">Cancels the turn, the model call and everything else it waits for.</param>
    public Task<TurnOutcome> RunAsync(TurnContext turn, IReplySink? sink, CancellationToken cancellation)
        => RunAsync(turn, sink, () => Task.CompletedTask, cancellation);

    /// <inheritdoc cref="RunAsync(TurnContext, IReplySink?, CancellationToken)"/>
    /// <param name="beforeActing">Awaited before each action that may have an effect; it cancels the turn to prevent the action.</param>
    public async Task<TurnOutcome> RunAsync(TurnContext turn, IReplySink? sink, Func<Task> beforeActing, CancellationToken cancellation)
    {
        using var activity = TurnActivity.Start(turn.Options.TurnId);
        using var scope = ModelRoutingScope.Begin(turn.Routing);
        using var run = new TurnRun(turn, activity, Timed(turn, sink, out var firstChunk), models, beforeActing);
        using var timer = new CancellationTokenSource(Remaining(turn), time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        var (status, failure) = (TurnStatus.Done, TurnFailure.None);
        string? skipReason = null;
        try
        {
            await RunStagesAsync(run, linked.Token, cancellation);
        }
        catch (Exception e)
        {
            (status, failure) = Classify(e, timer.IsCancellationRequested, cancellation.IsCancellationRequested);
            run.Gate.Close();
            skipReason = status == TurnStatus.Cancelled ? "cancelled" : "failed";
            LogEnd(turn, status, failure, e);
        }

        return Conclude(run, status, failure, skipReason, firstChunk);
    }

    /// <summary>The deadline counts from the attempt's beginning, as the hand-over to another worker does.</summary>
    private TimeSpan Remaining(TurnContext turn)
    {
        var left = TimeSpan.FromSeconds(turn.Profile.Options.Generation.DeadlineSeconds) - time.GetElapsedTime(turn.BegunTimestamp);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <param name="untilDeadline">Cancelled at the deadline too; evaluators after the reply have deadlines of their own.</param>
    private async Task RunStagesAsync(TurnRun run, CancellationToken untilDeadline, CancellationToken cancellation)
    {
        run.End = ShouldRespondStage.Silence(run.Turn);
        await StageAsync(TelemetryNames.EvaluatePre, evaluatePre.RunAsync, run, untilDeadline);
        await StageAsync(TelemetryNames.ComposeState, composeState.RunAsync, run, untilDeadline);
        await StageAsync(TelemetryNames.ShouldRespond, shouldRespond.RunAsync, run, untilDeadline);
        await StageAsync(TelemetryNames.GenerateResponse, generateResponse.RunAsync, run, untilDeadline);
        await StageAsync(TelemetryNames.ProcessActions, processActions.RunAsync, run, untilDeadline);
        await StageAsync(TelemetryNames.EvaluatePost, evaluatePost.RunAsync, run, cancellation);
    }

    /// <summary>
    /// Runs a stage unless an earlier one has decided the turn; evaluators after the reply always have their say. A stage that
    /// ignores its token is left behind.
    /// </summary>
    private async Task StageAsync(
        string name, Func<TurnRun, CancellationToken, Task> stage, TurnRun run, CancellationToken cancellation)
    {
        if (run.End is not null && name != TelemetryNames.EvaluatePost)
        {
            return;
        }

        cancellation.ThrowIfCancellationRequested();
        var started = time.GetTimestamp();
        using var span = StageSpans.Start(name, run.Turn);
        try
        {
            await stage(run, cancellation).WaitAsync(cancellation);
        }
        finally
        {
            var elapsed = time.GetElapsedTime(started);
            run.StageMs[name] = Math.Round(elapsed.TotalMilliseconds, 3);
            metrics.Stage(name, run.Turn.Routing, elapsed.TotalSeconds);
        }
    }

    private TimedSink Timed(TurnContext turn, IReplySink? sink, out TimedSink timed)
        => timed = new TimedSink(sink, time, turn.StartedTimestamp);

    /// <param name="skipReason">Why evaluators that have not had their say are skipped; null: all have.</param>
    private TurnOutcome Conclude(TurnRun run, TurnStatus status, TurnFailure failure, string? skipReason, TimedSink firstChunk)
    {
        var turn = run.Turn;
        var evaluations = run.Evaluations.Close();
        var ended = status == TurnStatus.Done;
        var replacement = ended ? run.End?.Replacement : null;
        var shown = ended || turn.Options.Streamed ? run.Gate.ReleasedText : "";
        return new TurnOutcome
        {
            Status = status,
            Failure = failure,
            Text = replacement ?? shown,
            Released = turn.Options.Streamed ? run.Gate.ReleasedText : "",
            Responded = ended && (run.End?.Responded ?? true),
            Blocked = replacement is not null,
            RewrittenText = ReferenceEquals(run.Text, turn.Options.Text) ? null : run.Text,
            Models = turn.Routing.Calls.Snapshot(),
            Evaluations = skipReason is null ? [.. evaluations] : [.. evaluations, .. EvaluatePostStage.SkipRest(run, evaluations, skipReason, metrics)],
            Timings = new TurnTimings
            {
                TotalMs = Math.Round(time.GetElapsedTime(turn.StartedTimestamp).TotalMilliseconds, 3),
                FirstChunkMs = firstChunk.FirstChunkMs,
                Stages = run.StageMs,
            },
            Used = new TurnUsage
            {
                ProfileHash = turn.Profile.Hash,
                Providers = [.. run.Providers.Close()],
                ActionsShown = [.. run.Shown.Select(a => a.Descriptor.Name)],
                Actions = [.. run.Actions.Close()],
                PreEvaluators = [.. run.PreEvaluators.Close()],
                Reviewers = [.. run.Gate.Uses],
            },
        };
    }

    private static (TurnStatus Status, TurnFailure Failure) Classify(Exception e, bool deadline, bool cancelled) => e switch
    {
        _ when cancelled => (TurnStatus.Cancelled, TurnFailure.None),
        OperationCanceledException when deadline => (TurnStatus.Failed, TurnFailure.Deadline),
        ModelException => (TurnStatus.Failed, TurnFailure.Model),
        ModelRoutingException => (TurnStatus.Failed, TurnFailure.Mismatch),
        _ => (TurnStatus.Failed, TurnFailure.Internal),
    };

    private void LogEnd(TurnContext turn, TurnStatus status, TurnFailure failure, Exception e)
    {
        if (failure == TurnFailure.Internal)
        {
            // Where, not what: a message could hold text of the conversation.
            Log.Broke(logger, turn.Options.TurnId, e.GetType().Name, e.StackTrace);
        }
        else
        {
            Log.Ended(logger, turn.Options.TurnId, status, failure, e is ModelException model ? $"{model.Failure}: {model.Message}" : e.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Turn {TurnId} failed: {Fault} {Where}")]
        public static partial void Broke(ILogger logger, string turnId, string fault, string? where);

        [LoggerMessage(LogLevel.Warning, "Turn {TurnId} ended {Status}, failure {Failure}: {Fault}")]
        public static partial void Ended(ILogger logger, string turnId, TurnStatus status, TurnFailure failure, string fault);
    }
}
