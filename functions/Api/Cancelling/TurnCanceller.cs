using Vivace.Api.Bus;
using Vivace.Api.Turns;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Storage;
using Vivace.Runtime.Turns;

namespace Vivace.Api.Cancelling;

/// <summary>Cancels a turn wherever it runs: writes the wish into its row, then tells the instance that runs it.</summary>
internal sealed partial class TurnCanceller(ITurnStore turns, LiveTurns live, LostTurn lost, IMessageBus bus, InstanceId instance, ILogger<TurnCanceller> logger)
{
    /// <summary>The turn's row after the wish was written down; null when the owner has none of that id.</summary>
    public async ValueTask<TurnRow?> CancelAsync(string owner, string turnId, CancellationToken cancellation)
    {
        var row = await turns.RequestCancelAsync(owner, turnId, cancellation);
        if (row is not { Status: TurnStatus.Running })
        {
            return row;
        }

        if (row.Worker is null)
        {
            // Nobody has begun it, so nobody need be waited for.
            await lost.EndAsync(row, TurnStatus.Cancelled, TurnFailure.None, cancellation);
            return await turns.FindAsync(owner, turnId, cancellation);
        }

        await TellAsync(new RunningTurn(turnId, row.Worker), cancellation);
        return row;
    }

    /// <summary>Tells the instance that runs the turn, this one or another.</summary>
    public async Task TellAsync(RunningTurn turn, CancellationToken cancellation)
    {
        if (live.Find(turn.TurnId) is { } running)
        {
            await running.CancelAsync();
            return;
        }

        if (turn.Worker is null || turn.Worker == instance.Value)
        {
            return;
        }

        try
        {
            await bus.SendCancelAsync(turn.TurnId, turn.Worker, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // The instance finds the wish in the row, at the turn's end at the latest.
            Log.NotTold(logger, turn.TurnId, e.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The instance that runs turn {TurnId} could not be told of its cancellation: {Fault}")]
        public static partial void NotTold(ILogger logger, string turnId, string fault);
    }
}
