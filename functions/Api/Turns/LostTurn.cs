using Vivace.Api.Bus;
using Vivace.Api.Rollouts.Measuring;
using Vivace.Contracts;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Storage;
using Vivace.Runtime.Telemetry;
using Vivace.Runtime.Turns;

namespace Vivace.Api.Turns;

/// <summary>Ends a turn that is not run, or not run again, with the text that it had shown.</summary>
internal sealed partial class LostTurn(ITurnStore turns, IMessageBus bus, VivaceMetrics metrics, TurnMeasuring measuring, IdGenerator ids, TimeProvider time, ILogger<LostTurn> logger)
{
    /// <summary>Ends it under the attempt that its row names; does nothing when it has ended or another attempt has begun.</summary>
    public async Task EndAsync(TurnRow turn, TurnStatus status, TurnFailure failure, CancellationToken cancellation)
    {
        var outcome = await turns.CompleteAsync(
            new TurnCompletion
            {
                TurnId = turn.TurnId,
                ConversationId = turn.ConversationId,
                Owner = turn.Owner,
                RoomId = turn.RoomId,
                Number = turn.Number,
                Attempt = turn.Attempt,
                Status = status,
                Text = turn.Checkpoint ?? "",
                ReplyMessageId = ids.Next(),
                Failure = failure.Stored(),
                Processing = turn.Processing,
                Used = WireJson.ToText(new TurnUsage { ProfileHash = "" }, ContractsJson.Default.TurnUsage),
                At = time.GetUtcNow(),
            },
            cancellation);
        if (outcome != CompletionOutcome.Written)
        {
            return;
        }

        metrics.LostTurnEnded(StoredReport.Read(turn.Processing), turn.Streamed, status, failure);
        measuring.Lost(turn, status);
        Log.Ended(logger, turn.TurnId, status, failure);
        await TellAsync(turn, cancellation);
    }

    private async Task TellAsync(TurnRow turn, CancellationToken cancellation)
    {
        if (!turn.Streamed)
        {
            return;
        }

        try
        {
            await bus.SendChunkAsync(new ResponseChunk(turn.TurnId, turn.Attempt, 0, turn.Checkpoint?.Length ?? 0, null), cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // Readers find the end in the turn's row.
            Log.NotTold(logger, turn.TurnId, e.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Turn {TurnId} ends {Status} without being run, failure {Failure}")]
        public static partial void Ended(ILogger logger, string turnId, TurnStatus status, TurnFailure failure);

        [LoggerMessage(LogLevel.Warning, "The readers of turn {TurnId} could not be told of its end: {Fault}")]
        public static partial void NotTold(ILogger logger, string turnId, string fault);
    }
}
