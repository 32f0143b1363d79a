using Vivace.ServiceBus.Broker;
using Vivace.Sqlite.Broker;

namespace Vivace.ServiceBus.Tests.Journal;

public sealed class SqliteJournalTests : JournalConformance, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("vivace-journal-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_write_that_was_rolled_back_leaves_no_queue_known_that_is_not_there()
    {
        using (var journal = Open())
        {
            JournalChange.MessagePut put = new(Message("lost", 1));
            await Assert.ThrowsAnyAsync<Exception>(async () => await journal.WriteAsync([put, put, new JournalChange.SessionStateSet("lost", null!, new byte[] { 1 })], default));
            await journal.WriteAsync([new JournalChange.MessagePut(Message("other", 1))], default);
            await journal.WriteAsync([new JournalChange.MessagePut(Message("lost", 2))], default);
        }

        using var again = Open();
        Assert.Equal([("lost", 2), ("other", 1)], (await again.LoadAsync(default)).Messages.Select(m => (m.Queue, m.SequenceNumber)).Order());
    }

    protected override IBrokerJournal Open() => new SqliteBrokerJournal(new() { Folder = folder });

    private static StoredMessage Message(string queue, long number)
        => new(queue, number, StoredMessageState.Active, null, new byte[] { 1 }, DateTimeOffset.UnixEpoch, null, null, 0);
}
