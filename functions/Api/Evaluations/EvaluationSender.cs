using Vivace.Api.Bus;
using Vivace.Runtime.Evaluations;

namespace Vivace.Api.Evaluations;

/// <summary>Asks for the deferred evaluations of a turn to be run; what is not sent here the sweep finds in the store.</summary>
internal sealed partial class EvaluationSender(IMessageBus bus, ILogger<EvaluationSender> logger)
{
    /// <summary>After a turn's end, beside whatever follows it.</summary>
    public void SendFor(string turnId, IReadOnlyList<EvaluationRecord> written)
    {
        if (written.Any(e => e.Status == EvaluationStatus.Pending))
        {
            _ = TrySendAsync(turnId, "0", null, CancellationToken.None);
        }
    }

    public Task RetryAsync(string turnId, EvaluationRetry retry, CancellationToken cancellation)
        => TrySendAsync(turnId, $"{retry.Tries}", retry.DueAt, cancellation);

    /// <param name="occasion">What tells this message from others of the turn.</param>
    public async Task TrySendAsync(string turnId, string occasion, DateTimeOffset? at, CancellationToken cancellation)
    {
        try
        {
            await bus.SendEvaluationsAsync(turnId, occasion, at, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            Log.NotSent(logger, turnId, e.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The evaluations of turn {TurnId} could not be sent and wait for the sweep: {Fault}")]
        public static partial void NotSent(ILogger logger, string turnId, string fault);
    }
}
