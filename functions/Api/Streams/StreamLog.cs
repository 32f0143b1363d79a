using System.Runtime.CompilerServices;

namespace Vivace.Api.Streams;

/// <summary>The events of one running turn. Readers come and go; each sees every event from the first, once, in order.</summary>
internal sealed class StreamLog
{
    private readonly Lock gate = new();
    private readonly List<StreamItem> items = [];
    private TaskCompletionSource changed = NewSignal();

    /// <summary>Adds an event; the terminal one is the last.</summary>
    public void Add(StreamItem item)
    {
        TaskCompletionSource waiting;
        lock (gate)
        {
            items.Add(item);
            (waiting, changed) = (changed, NewSignal());
        }

        waiting.SetResult();
    }

    /// <summary>Every event from the first to the terminal one; null when <paramref name="heartbeat"/> passed without any.</summary>
    public async IAsyncEnumerable<StreamItem?> ReadAsync(
        TimeSpan heartbeat, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var position = 0; ;)
        {
            var (item, more) = At(position);
            if (item is not null)
            {
                position++;
                yield return item;
                if (item.IsTerminal)
                {
                    yield break;
                }

                continue;
            }

            if (!await WaitAsync(more, heartbeat, time, cancellationToken))
            {
                yield return null;
            }
        }
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

    private (StreamItem? Item, Task More) At(int position)
    {
        lock (gate)
        {
            return (position < items.Count ? items[position] : null, changed.Task);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
