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
        evaluatePre = new EvaluatePreStage(metrics, time);
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
    public async Task<TurnOutcome> RunAsync(TurnContext turn, IReplySink? sink, CancellationToken cancellation)
    {
        using var activity = TurnActivity.Start(turn.Options.TurnId);
        using var scope = ModelRoutingScope.Begin(turn.Routing);
        using var run = new TurnRun(turn, Timed(turn, sink, out var firstChunk), models);
        var deadline = TimeSpan.FromSeconds(turn.Profile.Options.Generation.DeadlineSeconds);
        using var timer = new CancellationTokenSource(deadline, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        var (status, failure) = (TurnStatus.Done, TurnFailure.None);
        try
        {
            await RunStagesAsync(run, linked.Token);
        }
        catch (Exception e)
        {
            (status, failure) = Classify(e, timer.IsCancellationRequested, cancellation.IsCancellationRequested);
            Log.Ended(logger, failure == TurnFailure.Internal ? LogLevel.Error : LogLevel.Warning, failure, turn.Options.TurnId, status, e.GetType().Name);
        }

        var outcome = Conclude(run, status, failure, firstChunk);
        metrics.TurnEnded(turn, outcome);
        return outcome;
    }

    private async Task RunStagesAsync(TurnRun run, CancellationToken cancellation)
    {
        await StageAsync(TelemetryNames.EvaluatePre, evaluatePre.RunAsync, run, cancellation);
        await StageAsync(TelemetryNames.ComposeState, composeState.RunAsync, run, cancellation);
        await StageAsync(TelemetryNames.ShouldRespond, shouldRespond.RunAsync, run, cancellation);
        await StageAsync(TelemetryNames.GenerateResponse, generateResponse.RunAsync, run, cancellation);
        await StageAsync(TelemetryNames.ProcessActions, processActions.RunAsync, run, cancellation);
        await StageAsync(TelemetryNames.EvaluatePost, evaluatePost.RunAsync, run, cancellation);
    }

    /// <summary>Runs a stage unless an earlier one has decided the turn; evaluators after the reply always have their say.</summary>
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
            await stage(run, cancellation);
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

    private TurnOutcome Conclude(TurnRun run, TurnStatus status, TurnFailure failure, TimedSink firstChunk)
    {
        var turn = run.Turn;
        var ended = status == TurnStatus.Done;
        var replacement = ended ? run.End?.Replacement : null;
        var shown = ended || turn.Options.Streamed ? run.Gate.ReleasedText : "";
        return new TurnOutcome
        {
            Status = status,
            Failure = failure,
            Text = replacement ?? shown,
            Responded = ended && (run.End?.Responded ?? true),
            Blocked = replacement is not null,
            RewrittenText = ReferenceEquals(run.Text, turn.Options.Text) ? null : run.Text,
            Models = turn.Routing.Calls.Snapshot(),
            Evaluations = ended ? run.Evaluations : [],
            Timings = new TurnTimings
            {
                TotalMs = Math.Round(time.GetElapsedTime(turn.StartedTimestamp).TotalMilliseconds, 3),
                FirstChunkMs = firstChunk.FirstChunkMs,
                Stages = run.StageMs,
            },
            Used = new TurnUsage
            {
                ProfileHash = turn.Profile.Hash,
                Providers = run.Providers,
                ActionsShown = [.. run.Shown.Select(a => a.Descriptor.Name)],
                Actions = run.Actions,
                PreEvaluators = run.PreEvaluators,
                Reviewers = run.Gate.Uses,
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

    private static partial class Log
    {
        [LoggerMessage("Turn {TurnId} ended {Status}, failure {Failure}: {Fault}")]
        public static partial void Ended(ILogger logger, LogLevel level, TurnFailure failure, string turnId, TurnStatus status, string fault);
    }
}
