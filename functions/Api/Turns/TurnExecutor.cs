using System.Text.Json;
using Vivace.Api.Streams;
using Vivace.Contracts;
using Vivace.Contracts.Processing;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Pipeline;
using Vivace.Runtime.Storage;
using Vivace.Runtime.Turns;

namespace Vivace.Api.Turns;

/// <summary>Runs an accepted turn to its one terminal state and writes that down before anybody hears of it.</summary>
internal sealed partial class TurnExecutor(
    MessagePipeline pipeline, ITurnStore turns, LiveTurns live, AgentOptions agent, IdGenerator ids, TimeProvider time, ILogger<TurnExecutor> logger)
{
    /// <summary>Runs the turn. Never throws for what the turn does; throws when the store fails.</summary>
    public async Task<TurnResult> RunAsync(LiveTurn turn, CancellationToken cancellation)
    {
        live.Add(turn);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(turn.Cancelled, cancellation);
        var sink = turn.Events is { } events ? new StreamSink(turn.Context, events, turns, time) : null;
        try
        {
            var outcome = await pipeline.RunAsync(turn.Context, sink, linked.Token);
            var result = ToResult(turn.Context, outcome);
            if (!await turns.CompleteAsync(ToCompletion(turn.Context, outcome, result), CancellationToken.None))
            {
                Log.Superseded(logger, result.TurnId);
            }

            sink?.End(result, agent.Name);
            LogEnd(turn.Context, outcome, result.Processing);
            return result;
        }
        catch (Exception e)
        {
            sink?.Break(e is StoreUnavailableException ? "store-unavailable" : "internal");
            throw;
        }
        finally
        {
            live.Remove(turn);
            turn.Dispose();
        }
    }

    /// <summary>Runs the turn beside its readers: a client that goes away from a stream does not cancel it.</summary>
    public void Start(LiveTurn turn) => _ = Task.Run(async () =>
    {
        try
        {
            await RunAsync(turn, CancellationToken.None);
        }
        catch (Exception e)
        {
            Log.Broke(logger, turn.Context.Options.TurnId, e);
        }
    });

    private static TurnResult ToResult(TurnContext context, TurnOutcome outcome)
    {
        var report = context.Options.Processing.ToReport() with { Models = outcome.Models, Timings = outcome.Timings };
        return new TurnResult(
            context.Options.TurnId, context.Options.RoomId, outcome.Status, outcome.Text, outcome.Responded, outcome.Blocked, outcome.Failure, report);
    }

    private TurnCompletion ToCompletion(TurnContext context, TurnOutcome outcome, TurnResult result) => new()
    {
        TurnId = result.TurnId,
        ConversationId = context.Options.ConversationId,
        Owner = context.Options.Owner,
        RoomId = result.RoomId,
        Number = context.Options.Number,
        Attempt = context.Options.Attempt,
        Status = outcome.Status,
        Text = outcome.Text,
        ReplyMessageId = ids.Next(),
        Source = context.Profile.Options.Profile,
        Responded = outcome.Responded,
        Blocked = outcome.Blocked,
        Failure = outcome.Failure == TurnFailure.None ? null : outcome.Failure.ToString().ToLowerInvariant(),
        RewrittenText = outcome.RewrittenText,
        Processing = StoredReport.Write(result.Processing),
        Used = JsonSerializer.Serialize(outcome.Used, WireJson.Context.TurnUsage),
        At = time.GetUtcNow(),
        Evaluations = outcome.Evaluations,
    };

    private void LogEnd(TurnContext context, TurnOutcome outcome, ProcessingReport report)
    {
        if (!logger.IsEnabled(LogLevel.Information))
        {
            return;
        }

        var options = context.Options;
        Log.Ended(
            logger, options.TurnId, options.ConversationId, options.RoomId, outcome.Status, outcome.Failure, report.Requested.Mode, report.Effective.Mode,
            report.Effective.Profile, report.DecidedBy, report.Reason, report.Arm, report.FlagVersion, report.Path,
            string.Join(',', outcome.Models.Select(m => m.Requested)), outcome.Timings.TotalMs, string.Join(' ', outcome.Timings.Stages.Select(s => $"{s.Key}={s.Value:0.0}")));
        Log.Chosen(logger, options.TurnId, string.Join(' ', outcome.Used.Providers.Select(p => p.Name)), string.Join(' ', outcome.Used.ActionsShown));
        if (report.Reason is { } reason)
        {
            Log.Fallback(logger, options.TurnId, report.Requested.Mode, report.Effective.Mode, reason);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Turn {TurnId} conversation {ConversationId} room {RoomId} {Status} failure {Failure}; requested {Requested} effective {Effective} profile {Profile} by {DecidedBy} reason {Reason} arm {Arm} flags {FlagVersion} path {Path}; models {Models}; {TotalMs:0.0} ms: {Stages}")]
        public static partial void Ended(
            ILogger logger, string turnId, string conversationId, string roomId, TurnStatus status, TurnFailure failure, ProcessingMode requested, ProcessingMode effective,
            string profile, DecidedBy decidedBy, FallbackReason? reason, RolloutArm arm, string flagVersion, string path, string models, double totalMs, string stages);

        [LoggerMessage(LogLevel.Debug, "Turn {TurnId} used providers {Providers} and was shown actions {Actions}")]
        public static partial void Chosen(ILogger logger, string turnId, string providers, string actions);

        [LoggerMessage(LogLevel.Warning, "Turn {TurnId} asked for {Requested} and was served {Effective}: {Reason}")]
        public static partial void Fallback(ILogger logger, string turnId, ProcessingMode requested, ProcessingMode effective, FallbackReason reason);

        [LoggerMessage(LogLevel.Error, "Turn {TurnId} could not be written down")]
        public static partial void Broke(ILogger logger, string turnId, Exception fault);

        [LoggerMessage(LogLevel.Warning, "Turn {TurnId} ended after its conversation was deleted or another attempt had ended it; nothing was written")]
        public static partial void Superseded(ILogger logger, string turnId);
    }
}
