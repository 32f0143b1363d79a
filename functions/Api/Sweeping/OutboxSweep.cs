using Vivace.Api.Bus;
using Vivace.Api.Evaluations;
using Vivace.Runtime.Storage;

namespace Vivace.Api.Sweeping;

/// <summary>
/// Sends what was written down to be sent and was not, or whose message or process was lost: turns and evaluations. Finding
/// something twice is harmless: a turn is begun once an attempt, an evaluation has its effects once.
/// </summary>
internal sealed class OutboxSweep(ITurnStore turns, IEvaluationStore evaluations, IMessageBus bus, EvaluationSender sender, TimeProvider time)
{
    private const int BatchSize = 256;
    private const int ForgottenKeys = 1000;

    /// <summary>How long a turn that was found has until it is found again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>The same for evaluations, which may wait in a long queue.</summary>
    private static readonly TimeSpan EvaluationPatience = TimeSpan.FromMinutes(10);

    public async Task RunAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await turns.ForgetKeysAsync(now, ForgottenKeys, cancellation);
        foreach (var turn in await turns.TakeDueAsync(now, now + Patience, BatchSize, cancellation))
        {
            await bus.SendTurnAsync(turn.TurnId, turn.Owner, turn.RoomId, turn.Attempt, cancellation);
        }

        // All at once: they go in batches, and each waits for its own.
        var overdue = await evaluations.TakeOverdueAsync(now, now + EvaluationPatience, BatchSize, cancellation);
        await Task.WhenAll(overdue.Select(turnId => sender.TrySendAsync(turnId, $"sweep-{now.ToUnixTimeMilliseconds()}", null, cancellation)));
    }
}
