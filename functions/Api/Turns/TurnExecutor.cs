using Vivace.Api.Bus;
using Vivace.Api.Evaluations;
using Vivace.Api.Rollouts.Measuring;
using Vivace.Api.Streams;
using Vivace.Contracts;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Evaluations;
using Vivace.Runtime.Pipeline;
using Vivace.Runtime.Storage;
using Vivace.Runtime.Telemetry;
using Vivace.Runtime.Turns;

namespace Vivace.Api.Turns;

/// <summary>Runs an accepted turn to its one terminal state and writes that down before anybody hears of it.</summary>
internal sealed partial class TurnExecutor(
    MessagePipeline pipeline,
    ITurnStore turns,
    LiveTurns live,
    IMessageBus bus,
    StreamPace pace,
    EvaluationSender evaluations,
    EvaluationPatience patience,
    VivaceMetrics metrics,
    TurnMeasuring measuring,
    IdGenerator ids,
    TimeProvider time,
    ILogger<TurnExecutor> logger)
{
    /// <summary>Five seconds altogether.</summary>
    private const int CompletionTries = 8;

    /// <summary>How long a turn's end waits for the news of it to be sent; it is in the turn's row by then.</summary>
    private static readonly TimeSpan NewsLimit = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Runs the turn and says how it ended; what goes wrong with it, the store's failure included, is a result. Where a later
    /// attempt has taken the turn over, its row says what became of it. A turn that the program hands over, since it stops,
    /// still runs by its result, and nothing is written, unless text was shown: then it is interrupted.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Not even the turn's acceptance, which was left to this, could be written.</exception>
    public async Task<TurnResult> RunAsync(AcceptedTurn accepted, CancellationToken cancellation)
    {
        var (context, turn) = (accepted.Context, accepted.Live!);
        var record = new TurnRecord(turns, accepted.Unwritten);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(turn.Cancelled, cancellation);
        var sink = context.Options.Streamed ? new ChunkSink(context, turns, bus, pace, turn.CancelAsync, time, logger) : null;
        try
        {
            var running = pipeline.RunAsync(context, sink, () => AcceptAsync(record, turn), linked.Token);
            if (!running.IsCompleted)
            {
                // Beside the model, which takes longer.
                _ = AcceptAsync(record, turn);
            }

            var outcome = await running;
            measuring.CheckMode(context, outcome);
            if (turn.IsHandedOver && outcome.Status == TurnStatus.Cancelled)
            {
                if (outcome.Released.Length == 0 && await record.TryAcceptAsync())
                {
                    Log.HandedOver(logger, context.Options.TurnId);
                    return TurnResult.StillRunning(context);
                }

                outcome = outcome with { Status = TurnStatus.Interrupted };
            }

            var (result, written) = await CompleteAsync(record, context, outcome);
            if (written is not null)
            {
                metrics.TurnEnded(context, result.Status, result.Failure, written.Timings);
                measuring.Ended(context, written, result, turn.IsHandedOver);
                TurnLog.Ended(logger, context, written, result);
                evaluations.SendFor(result.TurnId, written.Evaluations);
            }

            return result;
        }
        finally
        {
            live.End(turn);
            await TellAsync(sink);
        }
    }

    /// <summary>A turn that cannot be written down, or whose conversation is gone, goes no further.</summary>
    private static async Task AcceptAsync(TurnRecord record, LiveTurn turn)
    {
        if (!await record.TryAcceptAsync())
        {
            await turn.CancelAsync();
        }
    }

    private async ValueTask TellAsync(ChunkSink? sink)
    {
        if (sink is not null)
        {
            await sink.DisposeAsync().AsTask().WaitAsync(NewsLimit, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Writes the end down; null where nothing was written.</summary>
    private async ValueTask<(TurnResult Result, TurnOutcome? Written)> CompleteAsync(TurnRecord record, TurnContext context, TurnOutcome outcome)
    {
        var result = TurnResult.Of(context, outcome);
        for (var tries = 1; ; tries++)
        {
            try
            {
                switch (await record.CompleteAsync(ToCompletion(context, outcome, result)))
                {
                    case CompletionOutcome.Written:
                        return (result, outcome);
                    case CompletionOutcome.CancelRequested:
                        outcome = outcome.AsCancelled();
                        result = TurnResult.Of(context, outcome);
                        continue;
                    default:
                        return (await SupersededAsync(context, result), null);
                }
            }
            catch (StoreUnavailableException e) when (tries < CompletionTries && record.MayTryAgain)
            {
                Log.TriesAgain(logger, result.TurnId, e.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(1000, 50 << tries)), time, CancellationToken.None);
            }
            catch (StoreUnavailableException e) when (!record.IsUnwritten)
            {
                Log.Broke(logger, result.TurnId, e);
                return (result with { Status = TurnStatus.Failed, Failure = TurnFailure.Store }, null);
            }
        }
    }

    private async ValueTask<TurnResult> SupersededAsync(TurnContext context, TurnResult result)
    {
        Log.Superseded(logger, result.TurnId);
        return await turns.FindAsync(context.Options.Owner, result.TurnId, CancellationToken.None) is { } row
            ? TurnResult.Of(row)
            : result with { Status = TurnStatus.Cancelled, Text = "", Responded = false };
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
        Failure = outcome.Failure.Stored(),
        RewrittenText = outcome.RewrittenText,
        Processing = StoredReport.Write(result.Processing),
        Used = WireJson.ToText(outcome.Used, ContractsJson.Default.TurnUsage),
        At = time.GetUtcNow(),
        EvaluationsOverdueAt = time.GetUtcNow() + patience.ResendAfter,
        Evaluations = outcome.Evaluations,
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Turn {TurnId} has shown nothing yet and is handed over, since the program stops")]
        public static partial void HandedOver(ILogger logger, string turnId);

        [LoggerMessage(LogLevel.Error, "Turn {TurnId} could not be written down")]
        public static partial void Broke(ILogger logger, string turnId, Exception fault);

        [LoggerMessage(LogLevel.Warning, "Turn {TurnId} is written down again: {Fault}")]
        public static partial void TriesAgain(ILogger logger, string turnId, string fault);

        [LoggerMessage(LogLevel.Warning, "Turn {TurnId} ended after its conversation was deleted or another attempt had taken it over; nothing was written")]
        public static partial void Superseded(ILogger logger, string turnId);
    }
}
