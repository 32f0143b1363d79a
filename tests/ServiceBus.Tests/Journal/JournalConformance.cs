using Vivace.ServiceBus.Broker;

namespace Vivace.ServiceBus.Tests.Journal;

/// <summary>What every journal must do.</summary>
public abstract class JournalConformance
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, 123, TimeSpan.Zero);

    /// <summary>The journal, opened anew on what it kept.</summary>
    protected abstract IBrokerJournal Open();

    [Fact]
    public async Task Messages_come_back_as_they_were_written()
    {
        var full = new StoredMessage("q", 7, StoredMessageState.Scheduled, "session\0ü", new byte[] { 0, 1, 255 }, Now, Now.AddMinutes(1), Now.AddHours(1), 3);
        var bare = new StoredMessage("q/$deadletterqueue", 1, StoredMessageState.Active, null, ReadOnlyMemory<byte>.Empty, Now, null, null, 0);
        await WriteAsync(new JournalChange.MessagePut(full), new JournalChange.MessagePut(bare));
        var messages = (await LoadAsync()).Messages;
        Assert.Equal(2, messages.Count);
        Same(full, messages.Single(m => m.Queue == "q"));
        Same(bare, messages.Single(m => m.Queue != "q"));
    }

    [Fact]
    public async Task Changes_apply_in_their_order()
    {
        await WriteAsync(Put(1), Put(2), Put(3), new JournalChange.MessageRemoved("q", 2), new JournalChange.DeliveryCounted("q", 3, 5));
        await WriteAsync(new JournalChange.MessagePut(Message(1) with { State = StoredMessageState.Deferred }), new JournalChange.DeliveryCounted("q", 2, 9));
        var messages = (await LoadAsync()).Messages;
        Assert.Equal([(1, StoredMessageState.Deferred, 0), (3, StoredMessageState.Active, 5)], messages.Select(m => (m.SequenceNumber, m.State, m.DeliveryCount)));
    }

    [Fact]
    public async Task Messages_are_read_in_order_of_their_numbers()
    {
        await WriteAsync(Put(10), Put(9), Put(100), Put(1));
        Assert.Equal([1, 9, 10, 100], (await LoadAsync()).Messages.Select(m => m.SequenceNumber));
    }

    [Fact]
    public async Task Session_states_ids_and_numbers_are_kept()
    {
        await WriteAsync(
            new JournalChange.SessionStateSet("q", "a", new byte[] { 1 }),
            new JournalChange.SessionStateSet("q", "b", ReadOnlyMemory<byte>.Empty),
            new JournalChange.SessionStateSet("q", "c", new byte[] { 2 }),
            new JournalChange.SessionStateSet("q", "c", null),
            new JournalChange.DuplicateIdKept("q", "old", Now),
            new JournalChange.DuplicateIdKept("q", "new", Now.AddMinutes(1)),
            new JournalChange.DuplicateIdsForgotten("q", Now),
            new JournalChange.SequenceReserved("q", 10_001),
            new JournalChange.SequenceReserved("q", 20_001));
        var kept = await LoadAsync();
        Assert.Equal([("a", 1), ("b", 0)], kept.SessionStates.Select(s => (s.SessionId, s.State!.Value.Length)).Order());
        Assert.Equal([new JournalChange.DuplicateIdKept("q", "new", Now.AddMinutes(1))], kept.DuplicateIds);
        Assert.Equal(20_001, kept.Sequences.Single().Next);
    }

    private static StoredMessage Message(long number) => new("q", number, StoredMessageState.Active, null, new byte[] { 1 }, Now, null, null, 0);

    private static JournalChange.MessagePut Put(long number) => new(Message(number));

    private static void Same(StoredMessage expected, StoredMessage actual)
    {
        Assert.Equal(expected.Encoded.ToArray(), actual.Encoded.ToArray());
        Assert.Equal(expected, actual with { Encoded = expected.Encoded });
    }

    private async Task WriteAsync(params JournalChange[] changes)
    {
        var journal = Open();
        await journal.WriteAsync(changes, CancellationToken.None);
        (journal as IDisposable)?.Dispose();
    }

    private async Task<BrokerSnapshot> LoadAsync()
    {
        var journal = Open();
        var kept = await journal.LoadAsync(CancellationToken.None);
        (journal as IDisposable)?.Dispose();
        return kept;
    }
}
