using System.Collections.Concurrent;

namespace Vivace.Api.Turns;

/// <summary>The turns that run in this process, by id.</summary>
internal sealed class LiveTurns
{
    private readonly ConcurrentDictionary<string, LiveTurn> turns = new(StringComparer.Ordinal);

    public LiveTurn? Find(string turnId) => turns.GetValueOrDefault(turnId);

    /// <summary>A turn that begins now; null when an earlier attempt at it still runs here.</summary>
    public LiveTurn? TryBegin(string turnId)
    {
        var turn = new LiveTurn(turnId);
        if (turns.TryAdd(turnId, turn))
        {
            return turn;
        }

        turn.Dispose();
        return null;
    }

    public void End(LiveTurn turn)
    {
        turns.TryRemove(turn.TurnId, out _);
        turn.HasEnded();
        turn.Dispose();
    }

    /// <summary>Complete when every turn that runs now has ended; those that still run after the grace are cancelled.</summary>
    public async Task DrainAsync(TimeSpan grace, TimeProvider time, CancellationToken cancellation)
    {
        var running = turns.Values.ToArray();
        var ended = Task.WhenAll(running.Select(t => t.Ended));
        try
        {
            await ended.WaitAsync(grace, time, cancellation);
        }
        catch (TimeoutException)
        {
            await Task.WhenAll(running.Select(t => t.CancelAsync()));
            await ended.WaitAsync(cancellation);
        }
    }
}
