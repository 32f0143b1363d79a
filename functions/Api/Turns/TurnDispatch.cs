using Vivace.Api.Bus;
using Vivace.Runtime.Processing;

namespace Vivace.Api.Turns;

/// <summary>Hands an accepted turn to a worker; one whose message cannot be sent the sweep finds in the store.</summary>
internal sealed partial class TurnDispatch(IMessageBus bus, ILogger<TurnDispatch> logger)
{
    public async Task TrySendAsync(RuntimeCallOptions turn)
    {
        try
        {
            await bus.SendTurnAsync(turn.TurnId, turn.Owner, turn.RoomId, attempt: 0, CancellationToken.None);
        }
        catch (Exception e)
        {
            Log.NotSent(logger, turn.TurnId, e.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Turn {TurnId} could not be sent and waits for the sweep: {Fault}")]
        public static partial void NotSent(ILogger logger, string turnId, string fault);
    }
}
