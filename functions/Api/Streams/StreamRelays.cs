using System.Runtime.CompilerServices;
using Vivace.Api.Bus;
using Vivace.Contracts.Streams;
using Vivace.Runtime.Storage;
using Vivace.Runtime.Turns;

namespace Vivace.Api.Streams;

/// <summary>One relay for each turn that is read here, from its first reader to its last.</summary>
internal sealed class StreamRelays(IMessageBus bus, ITurnStore turns, StreamTimes times, AgentOptions agent, TimeProvider time, ILogger<StreamRelay> logger)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Entry> relays = new(StringComparer.Ordinal);
    private bool sentAway;

    /// <summary>
    /// The events of a turn, after the one that the reader saw last. It is followed from this call on, and let go when the
    /// last of its readers has left.
    /// </summary>
    public IAsyncEnumerable<StreamFrame> Follow(TurnKey turn, StreamEventId? after, CancellationToken cancellation)
    {
        var entry = Enter(turn);
        return ReadAsync(turn.TurnId, entry, entry.Relay!.Log.ReadAsync(after, times, time, cancellation), cancellation);
    }

    /// <summary>Asks all readers, and those who still come, to come again: the program stops.</summary>
    public void SendAway()
    {
        lock (gate)
        {
            sentAway = true;
            foreach (var entry in relays.Values)
            {
                entry.Relay?.Log.SendAway();
            }
        }
    }

    private async IAsyncEnumerable<StreamFrame> ReadAsync(
        string turnId, Entry entry, IAsyncEnumerable<StreamFrame> frames, [EnumeratorCancellation] CancellationToken cancellation)
    {
        try
        {
            await foreach (var frame in frames.WithCancellation(cancellation))
            {
                yield return frame;
            }
        }
        finally
        {
            Leave(turnId, entry);
        }
    }

    private Entry Enter(TurnKey turn)
    {
        lock (gate)
        {
            if (!relays.TryGetValue(turn.TurnId, out var entry))
            {
                relays[turn.TurnId] = entry = new Entry();
            }

            entry.Readers++;
            entry.Relay ??= new StreamRelay(turn, entry.Closing, bus, turns, agent, time, logger);
            if (sentAway)
            {
                entry.Relay.Log.SendAway();
            }

            return entry;
        }
    }

    private void Leave(string turnId, Entry entry)
    {
        lock (gate)
        {
            if (--entry.Readers > 0)
            {
                return;
            }

            var relay = entry.Relay!;
            entry.Relay = null;
            entry.Closing = CloseAsync(turnId, entry, relay);
        }
    }

    private async Task CloseAsync(string turnId, Entry entry, StreamRelay relay)
    {
        // After the end it settles what it has received; before it, the session is to be free at once.
        await Task.Yield();
        if (relay.Log.HasEnded)
        {
            await relay.Ended;
        }

        await relay.DisposeAsync();
        lock (gate)
        {
            if (entry.Readers == 0 && relays.GetValueOrDefault(turnId) == entry)
            {
                relays.Remove(turnId);
            }
        }
    }

    private sealed class Entry
    {
        public int Readers { get; set; }

        public StreamRelay? Relay { get; set; }

        public Task Closing { get; set; } = Task.CompletedTask;
    }
}
