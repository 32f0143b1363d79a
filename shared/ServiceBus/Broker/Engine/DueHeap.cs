namespace Vivace.ServiceBus.Broker.Engine;

/// <summary>Entries by time, the earliest first; each knows its place, so that removing one takes no search.</summary>
internal sealed class DueHeap
{
    private readonly List<DueEntry> entries = [];

    public DueEntry? First => entries.Count == 0 ? null : entries[0];

    /// <summary>Adds the entry, or moves it.</summary>
    public void Set(DueEntry entry, DateTimeOffset at)
    {
        entry.At = at;
        if (entry.Index < 0)
        {
            entry.Index = entries.Count;
            entries.Add(entry);
        }

        Sink(Rise(entry.Index));
    }

    public void Remove(DueEntry? entry)
    {
        if (entry is not { Index: >= 0 })
        {
            return;
        }

        var index = entry.Index;
        entry.Index = -1;
        var last = entries[^1];
        entries.RemoveAt(entries.Count - 1);
        if (last != entry)
        {
            Place(last, index);
            Sink(Rise(index));
        }
    }

    private int Rise(int index)
    {
        var entry = entries[index];
        while (index > 0 && entries[(index - 1) / 2] is { } parent && entry.At < parent.At)
        {
            Place(parent, index);
            index = (index - 1) / 2;
        }

        Place(entry, index);
        return index;
    }

    private void Sink(int index)
    {
        var entry = entries[index];
        while ((2 * index) + 1 is var child && child < entries.Count)
        {
            if (child + 1 < entries.Count && entries[child + 1].At < entries[child].At)
            {
                child++;
            }

            if (entry.At <= entries[child].At)
            {
                break;
            }

            Place(entries[child], index);
            index = child;
        }

        Place(entry, index);
    }

    private void Place(DueEntry entry, int index)
    {
        entries[index] = entry;
        entry.Index = index;
    }
}
