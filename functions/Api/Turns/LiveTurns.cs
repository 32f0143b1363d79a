using System.Collections.Concurrent;

namespace Vivace.Api.Turns;

/// <summary>The turns that run in this process, by id.</summary>
internal sealed class LiveTurns
{
    private readonly ConcurrentDictionary<string, LiveTurn> turns = new(StringComparer.Ordinal);
    private volatile bool closed;

    /// <summary>Whether the process stops and no turn begins here any more.</summary>
    public bool IsClosed => closed;

    public bool IsEmpty => turns.IsEmpty;

    public LiveTurn? Find(string turnId) => turns.GetValueOrDefault(turnId);

    /// <summary>A turn that begins now; null when an earlier attempt at it still runs here, or none begins any more.</summary>
    public LiveTurn? TryBegin(string turnId)
    {
        var turn = new LiveTurn(turnId);
        if (closed || !turns.TryAdd(turnId, turn))
        {
            turn.Dispose();
            return null;
        }

        // Closed meanwhile, it may have been added after the last look at what still runs.
        if (closed)
        {
            End(turn);
            return null;
        }

        return turn;
    }

    public void End(LiveTurn turn)
    {
        turns.TryRemove(turn.TurnId, out _);
        turn.HasEnded();
        turn.Dispose();
    }

    /// <summary>Complete when no turn runs here any more: those that still run after the grace are handed over.</summary>
    public async Task DrainAsync(TimeSpan grace, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            await Task.WhenAll(turns.Values.Select(t => t.Ended)).WaitAsync(grace, time, cancellation);
        }
        catch (TimeoutException)
        {
            // Below.
        }

        closed = true;
        for (var running = turns.Values.ToArray(); running.Length > 0; running = [.. turns.Values])
        {
            await Task.WhenAll(running.Select(t => t.HandOverAsync()));
            await Task.WhenAll(running.Select(t => t.Ended)).WaitAsync(cancellation);
        }
    }
}
