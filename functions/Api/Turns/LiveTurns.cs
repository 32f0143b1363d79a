using System.Collections.Concurrent;

namespace Vivace.Api.Turns;

/// <summary>The turns that run in this process, by id.</summary>
internal sealed class LiveTurns
{
    private readonly ConcurrentDictionary<string, LiveTurn> turns = new(StringComparer.Ordinal);

    public LiveTurn? Find(string turnId) => turns.GetValueOrDefault(turnId);

    public void Add(LiveTurn turn) => turns[turn.Context.Options.TurnId] = turn;

    public void Remove(LiveTurn turn) => turns.TryRemove(turn.Context.Options.TurnId, out _);

    /// <summary>Cancels every turn of a conversation.</summary>
    public async Task CancelAllAsync(string conversationId)
    {
        foreach (var turn in turns.Values.Where(t => t.Context.Options.ConversationId == conversationId))
        {
            await CancelAsync(turn);
        }
    }

    private static async Task CancelAsync(LiveTurn turn)
    {
        try
        {
            await turn.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It ended at this moment.
        }
    }
}
