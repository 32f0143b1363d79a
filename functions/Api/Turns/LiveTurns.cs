using System.Collections.Concurrent;

namespace Vivace.Api.Turns;

/// <summary>The turns that run in this process, by id.</summary>
internal sealed class LiveTurns
{
    private readonly ConcurrentDictionary<string, LiveTurn> turns = new(StringComparer.Ordinal);

    public LiveTurn? Find(string turnId) => turns.GetValueOrDefault(turnId);

    public void Add(LiveTurn turn) => turns[turn.Context.Options.TurnId] = turn;

    public void Remove(LiveTurn turn)
    {
        turns.TryRemove(turn.Context.Options.TurnId, out _);
        turn.HasEnded();
    }

    /// <summary>Cancels every turn of a conversation.</summary>
    public Task CancelAllAsync(string conversationId)
        => Task.WhenAll(turns.Values.Where(t => t.Context.Options.ConversationId == conversationId).Select(t => t.CancelAsync()));

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
