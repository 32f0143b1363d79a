using Vivace.Client.Problems;
using Vivace.Contracts.Streams;

namespace Vivace.Client.Streams;

/// <summary>Where a stream stands, over all its connections: what has been handed on, and so what is new.</summary>
internal sealed class StreamPosition(string? turnId, StreamEventId? after)
{
    private string? status;

    /// <summary>The turn; null until the first event.</summary>
    public string? TurnId { get; private set; } = turnId;

    /// <summary>The id after which to resume; null: from the beginning.</summary>
    public StreamEventId? Last { get; private set; } = after;

    private int Offset => Last?.Offset ?? 0;

    /// <summary>What of an event is new; null when nothing is.</summary>
    /// <exception cref="IOException">Text before it is missing, so that the stream must be resumed.</exception>
    public TurnEvent? Take(ReceivedEvent received)
    {
        var (id, wire) = received;
        TurnId ??= wire.TurnId;
        if (wire.TurnId != TurnId)
        {
            throw new VivaceProtocolException($"The stream of turn {TurnId} has an event of turn {wire.TurnId}.");
        }

        if (received.IsTerminal)
        {
            return new TurnEnd(id, wire, wire.Processing ?? throw new VivaceProtocolException("The end of the stream does not say how it was processed."));
        }

        return wire.Type switch
        {
            StreamEventTypes.Token => TakeText(id, wire),
            StreamEventTypes.Status => TakeStatus(id, wire),
            _ => null,
        };
    }

    private TurnText? TakeText(StreamEventId id, StreamEvent wire)
    {
        var text = wire.Text ?? "";
        var start = id.Offset - text.Length;
        if (start > Offset)
        {
            throw new IOException($"The stream continues at {start}, and text is known up to {Offset}.");
        }

        var known = Math.Min(Offset - start, text.Length);
        if (known == text.Length)
        {
            return null;
        }

        Last = id;
        return new TurnText(id, known == 0 ? wire : wire with { Text = text[known..] });
    }

    private TurnProgress? TakeStatus(StreamEventId id, StreamEvent wire)
    {
        if (wire.Status == status)
        {
            return null;
        }

        status = wire.Status;
        Last = id.Offset >= Offset ? id : Last;
        return new TurnProgress(id, wire);
    }
}
