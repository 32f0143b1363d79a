using System.Runtime.CompilerServices;
using Vivace.Contracts.Streams;

namespace Vivace.Api.Streams;

/// <summary>The events of one turn as they become known here. Readers come and go; each sees every event once, in order.</summary>
internal sealed class StreamLog
{
    private readonly Lock gate = new();
    private readonly List<StreamItem> items = [];
    private TaskCompletionSource changed = NewSignal();
    private bool sentAway;

    /// <summary>UTF-16 units of text so far.</summary>
    public int Offset { get; private set; }

    public bool HasEnded { get; private set; }

    /// <summary>The text so far.</summary>
    public string Text()
    {
        lock (gate)
        {
            return string.Concat(items.Where(i => i.IsText).Select(i => i.Event.Text));
        }
    }

    /// <summary>Adds text that begins at an offset, as far as it is not known yet; false when text before it is missing.</summary>
    public bool TryAddText(string turnId, int attempt, int offset, string text)
    {
        lock (gate)
        {
            if (offset > Offset)
            {
                return false;
            }

            if (HasEnded || offset + text.Length <= Offset)
            {
                return true;
            }

            var rest = text[(Offset - offset)..];
            Add(new StreamItem(attempt, Offset + rest.Length, new StreamEvent { Type = StreamEventTypes.Token, TurnId = turnId, Text = rest }));
            return true;
        }
    }

    /// <summary>Adds an event without text; the terminal one is the last.</summary>
    public void Add(int attempt, StreamEvent value)
    {
        lock (gate)
        {
            if (!HasEnded)
            {
                Add(new StreamItem(attempt, Offset, value));
            }
        }
    }

    /// <summary>Asks readers that have seen everything so far to come again, now and from here on.</summary>
    public void SendAway()
    {
        lock (gate)
        {
            sentAway = true;
            Signal();
        }
    }

    /// <summary>
    /// Every event to the terminal one, from the first or after the one that a reader saw last; a heartbeat when there was
    /// none for a while, and the request to come again when the reader's time is over.
    /// </summary>
    public async IAsyncEnumerable<StreamFrame> ReadAsync(
        StreamEventId? after, StreamTimes times, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursor = new StreamCursor(after);
        var started = time.GetTimestamp();
        for (var position = 0; ;)
        {
            var (item, more, comeAgain) = At(position);
            if (item is null)
            {
                var left = comeAgain ? TimeSpan.Zero : times.Connection - time.GetElapsedTime(started);
                if (left <= TimeSpan.Zero)
                {
                    yield return StreamFrame.Resume;
                    yield break;
                }

                if (!await WaitAsync(more, left < times.Heartbeat ? left : times.Heartbeat, time, cancellationToken))
                {
                    yield return StreamFrame.Heartbeat;
                }

                continue;
            }

            position++;
            if (cursor.Next(item) is { } frame)
            {
                yield return frame;
            }

            if (item.IsTerminal)
            {
                yield break;
            }
        }
    }

    private void Add(StreamItem item)
    {
        items.Add(item);
        Offset = item.Offset;
        HasEnded = item.IsTerminal;
        Signal();
    }

    private void Signal()
    {
        var waiting = changed;
        changed = NewSignal();
        waiting.SetResult();
    }

    private static async ValueTask<bool> WaitAsync(Task more, TimeSpan limit, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            await more.WaitAsync(limit, time, cancellation);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private (StreamItem? Item, Task More, bool ComeAgain) At(int position)
    {
        lock (gate)
        {
            return (position < items.Count ? items[position] : null, changed.Task, sentAway);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
