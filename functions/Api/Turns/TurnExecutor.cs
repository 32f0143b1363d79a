using System.Text.Json;
using Vivace.Api.Streams;
using Vivace.Contracts;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Pipeline;
using Vivace.Runtime.Storage;
using Vivace.Runtime.Telemetry;
using Vivace.Runtime.Turns;

namespace Vivace.Api.Turns;

/// <summary>Runs an accepted turn to its one terminal state and writes that down before anybody hears of it.</summary>
internal sealed partial class TurnExecutor(
    MessagePipeline pipeline, ITurnStore turns, LiveTurns live, VivaceMetrics metrics, AgentOptions agent, IdGenerator ids, TimeProvider time, ILogger<TurnExecutor> logger)
{
    private const int CompletionTries = 3;

    /// <summary>Runs the turn and says how it ended; what goes wrong with it, the store's failure included, is a result.</summary>
    public async Task<TurnResult> RunAsync(LiveTurn turn, CancellationToken cancellation)
    {
        live.Add(turn);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(turn.Cancelled, cancellation);
        var sink = turn.Events is { } events ? new StreamSink(turn.Context, events, turns, time) : null;
        try
        {
            var outcome = await pipeline.RunAsync(turn.Context, sink, linked.Token);
            var result = await CompleteAsync(turn.Context, outcome);
            sink?.End(result, agent.Name);
            metrics.TurnEnded(turn.Context, result.Status, result.Failure, outcome.Timings);
            TurnLog.Ended(logger, turn.Context, outcome, result);
            return result;
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

    /// <summary>Writes the end down. Where another attempt had ended the turn, its end is the one that counts.</summary>
    private async ValueTask<TurnResult> CompleteAsync(TurnContext context, TurnOutcome outcome)
    {
        var result = TurnResult.Of(context, outcome);
        var completion = ToCompletion(context, outcome, result);
        for (var tries = 1; ; tries++)
        {
            try
            {
                if (await turns.CompleteAsync(completion, CancellationToken.None))
                {
                    return result;
                }

                Log.Superseded(logger, result.TurnId);
                return await turns.FindAsync(context.Options.Owner, result.TurnId, CancellationToken.None) is { } row
                    ? TurnResult.Of(row)
                    : result with { Status = TurnStatus.Cancelled, Text = "", Responded = false };
            }
            catch (StoreUnavailableException e) when (tries < CompletionTries)
            {
                Log.TriesAgain(logger, result.TurnId, e.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(100 * tries), time, CancellationToken.None);
            }
            catch (StoreUnavailableException e)
            {
                Log.Broke(logger, result.TurnId, e);
                return result with { Status = TurnStatus.Failed, Failure = TurnFailure.Store };
            }
        }
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

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Turn {TurnId} could not be written down")]
        public static partial void Broke(ILogger logger, string turnId, Exception fault);

        [LoggerMessage(LogLevel.Warning, "Turn {TurnId} is written down again: {Fault}")]
        public static partial void TriesAgain(ILogger logger, string turnId, string fault);

        [LoggerMessage(LogLevel.Warning, "Turn {TurnId} ended after its conversation was deleted or another attempt had ended it; nothing was written")]
        public static partial void Superseded(ILogger logger, string turnId);
    }
}
