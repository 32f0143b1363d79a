using Microsoft.Extensions.Logging.Abstractions;
using Vivace.ServiceBus.Broker;
using Vivace.ServiceBus.Broker.Engine;

namespace Vivace.ServiceBus.Tests.Engine;

public sealed class JournalPumpTests
{
    private const int Many = 3001;

    /// <summary>A crash between two writes must not leave half of what belongs together.</summary>
    [Fact]
    public async Task What_is_appended_together_is_written_together()
    {
        using var journal = new WrittenJournal();
        var pump = new JournalPump(journal, NullLogger.Instance);
        pump.Append([Removed(-1)]);
        for (var n = 0; n < Many; n++)
        {
            pump.Append([Removed(n), Removed(n), Removed(n)]);
        }

        journal.Release();
        await pump.StopAsync();
        Assert.True(journal.Writes.Count > 2);
        Assert.All(journal.Writes.Skip(1).SelectMany(w => w.GroupBy(n => n)), group => Assert.Equal(3, group.Count()));
    }

    private static JournalChange.MessageRemoved Removed(long number) => new("q", number);

    /// <summary>Keeps what was written in each write; the first waits.</summary>
    private sealed class WrittenJournal : IBrokerJournal
    {
        private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<IReadOnlyList<long>> Writes { get; } = [];

        public void Release() => released.SetResult();

        public ValueTask<BrokerSnapshot> LoadAsync(CancellationToken cancellation) => new(new BrokerSnapshot());

        public async ValueTask WriteAsync(IReadOnlyList<JournalChange> changes, CancellationToken cancellation)
        {
            await released.Task;
            Writes.Add([.. changes.Cast<JournalChange.MessageRemoved>().Select(c => c.SequenceNumber)]);
        }

        public void Dispose()
        {
        }
    }
}
