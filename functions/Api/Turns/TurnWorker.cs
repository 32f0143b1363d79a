using Vivace.Api.Bus;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Storage;
using Vivace.Runtime.Turns;

namespace Vivace.Api.Turns;

/// <summary>
/// Handles the message that asks for a turn to be run, from whichever processor or trigger it comes. Returning settles the
/// message; throwing has it delivered again.
/// </summary>
internal sealed partial class TurnWorker(
    ITurnStore turns, LiveTurns live, TurnExecutor executor, TurnRevival revival, LostTurn lost, HandOver handOver, InstanceId instance, ILogger<TurnWorker> logger)
{
    /// <summary>The attempt that no longer runs the turn: what ended the process twice would do it again.</summary>
    private const int LastAttempt = 3;

    public async Task HandleAsync(TurnMessage message, CancellationToken cancellation)
    {
        if (live.TryBegin(message.TurnId) is not { } turn)
        {
            if (live.IsClosed)
            {
                throw Leaving();
            }

            // The same turn runs here, so its message was sent twice; it ends the turn by itself.
            Log.RunsAlready(logger, message.TurnId);
            return;
        }

        var handed = false;
        try
        {
            if (await turns.BeginAttemptAsync(message.TurnId, instance.Value, handOver.UnlessEnded(), cancellation) is not { } work)
            {
                return;
            }

            if (Settled(work.Turn) is var (status, failure))
            {
                await lost.EndAsync(work.Turn, status, failure, cancellation);
                return;
            }

            var context = revival.Resolve(work);
            handed = true;
            var result = await executor.RunAsync(new AcceptedTurn(context, turn), CancellationToken.None);
            if (turn.IsHandedOver && result.Status == TurnStatus.Running)
            {
                throw Leaving();
            }

            if (result.Failure == TurnFailure.Store)
            {
                throw new StoreUnavailableException($"The end of turn {message.TurnId} could not be written down.");
            }
        }
        finally
        {
            if (!handed)
            {
                live.End(turn);
            }
        }
    }

    private static OperationCanceledException Leaving() => new("The program stops; whoever gets the message next runs the turn.");

    /// <summary>How the turn ends without being run; null: it is run.</summary>
    private static (TurnStatus Status, TurnFailure Failure)? Settled(TurnRow turn) => turn switch
    {
        { CancelRequested: true } => (TurnStatus.Cancelled, TurnFailure.None),
        { StreamingAttempt: not null } => (TurnStatus.Interrupted, TurnFailure.None),
        { Attempt: >= LastAttempt } => (TurnStatus.Failed, TurnFailure.CrashLoop),
        _ => null,
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Turn {TurnId} runs here already; its second message is dropped")]
        public static partial void RunsAlready(ILogger logger, string turnId);
    }
}
