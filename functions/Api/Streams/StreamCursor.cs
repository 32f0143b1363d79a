using Vivace.Contracts.Streams;

namespace Vivace.Api.Streams;

/// <summary>Where one reader stands: leaves out what it has seen, cuts an event that it has seen in part, and numbers the rest.</summary>
internal sealed class StreamCursor(StreamEventId? after)
{
    private readonly int seen = after?.Offset ?? 0;
    private int sequence = after is { } last ? last.Sequence + 1 : 0;

    /// <summary>What the reader gets of an event; null for nothing.</summary>
    public StreamFrame? Next(StreamItem item)
    {
        if (item.IsTerminal)
        {
            return Number(item, item.Event);
        }

        if (after is not null && (!item.IsText || item.Offset <= seen))
        {
            return null;
        }

        var missing = item.IsText ? item.Offset - Math.Max(seen, item.Offset - item.Event.Text!.Length) : 0;
        return Number(item, item.IsText && missing < item.Event.Text!.Length ? item.Event with { Text = item.Event.Text[^missing..] } : item.Event);
    }

    private StreamFrame Number(StreamItem item, StreamEvent value) => new(new StreamEventId(item.Attempt, sequence++, item.Offset), value);
}
