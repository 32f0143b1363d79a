using Vivace.ServiceBus.Broker;

namespace Vivace.ServiceBus.Tests.Drivers;

/// <summary>Keeps in memory what a journal keeps on disk; a second broker on it sees what a restarted one would.</summary>
internal sealed class InMemoryJournal : IBrokerJournal
{
    private readonly SortedDictionary<(string, long), StoredMessage> messages = [];
    private readonly Dictionary<(string, string), JournalChange.SessionStateSet> states = [];
    private readonly List<JournalChange.DuplicateIdKept> ids = [];
    private readonly Dictionary<string, JournalChange.SequenceReserved> sequences = [];
    private TaskCompletionSource? held;

    /// <summary>While set, every write fails.</summary>
    public bool IsBroken { get; set; }

    public int Writes { get; private set; }

    /// <summary>Writes that were asked for, the failed ones included.</summary>
    public int Tries { get; private set; }

    /// <summary>Whether a write has begun that waits for <see cref="Release"/>.</summary>
    public bool IsHolding { get; private set; }

    public IReadOnlyCollection<StoredMessage> Messages
    {
        get
        {
            lock (messages)
            {
                return [.. messages.Values];
            }
        }
    }

    public int DuplicateIdCount
    {
        get
        {
            lock (messages)
            {
                return ids.Count;
            }
        }
    }

    /// <summary>It outlives its broker, as files do.</summary>
    public void Dispose()
    {
    }

    /// <summary>Makes writes wait until <see cref="Release"/>.</summary>
    public void Hold() => held = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release()
    {
        var waiting = held;
        held = null;
        waiting?.SetResult();
    }

    public ValueTask<BrokerSnapshot> LoadAsync(CancellationToken cancellation)
    {
        lock (messages)
        {
            return new(new BrokerSnapshot
            {
                Messages = [.. messages.Values],
                SessionStates = [.. states.Values],
                DuplicateIds = [.. ids],
                Sequences = [.. sequences.Values],
            });
        }
    }

    public async ValueTask WriteAsync(IReadOnlyList<JournalChange> changes, CancellationToken cancellation)
    {
        if (held is { } waiting)
        {
            IsHolding = true;
            await waiting.Task;
            IsHolding = false;
        }

        Tries++;
        if (IsBroken)
        {
            throw new IOException("The journal is broken.");
        }

        lock (messages)
        {
            Writes++;
            foreach (var change in changes)
            {
                Apply(change);
            }
        }
    }

    private void Apply(JournalChange change)
    {
        switch (change)
        {
            case JournalChange.MessagePut put:
                messages[(put.Message.Queue, put.Message.SequenceNumber)] = put.Message;
                break;
            case JournalChange.MessageRemoved removed:
                messages.Remove((removed.Queue, removed.SequenceNumber));
                break;
            case JournalChange.DeliveryCounted counted when messages.TryGetValue((counted.Queue, counted.SequenceNumber), out var message):
                messages[(counted.Queue, counted.SequenceNumber)] = message with { DeliveryCount = counted.DeliveryCount };
                break;
            case JournalChange.SessionStateSet { State: null } set:
                states.Remove((set.Queue, set.SessionId));
                break;
            case JournalChange.SessionStateSet set:
                states[(set.Queue, set.SessionId)] = set;
                break;
            case JournalChange.DuplicateIdKept kept:
                ids.Add(kept);
                break;
            case JournalChange.DuplicateIdsForgotten forgotten:
                ids.RemoveAll(id => id.Queue == forgotten.Queue && id.Until <= forgotten.Until);
                break;
            case JournalChange.SequenceReserved reserved:
                sequences[reserved.Queue] = reserved;
                break;
        }
    }
}
