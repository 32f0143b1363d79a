using Microsoft.Extensions.Logging.Abstractions;
using Vivace.ServiceBus.Broker;
using Vivace.Sqlite;
using Vivace.Sqlite.Broker;

namespace Vivace.ServiceBus.Tests.Transport;

/// <summary>The embedded broker in this process, its journal on disk.</summary>
internal sealed class InProcessFixture(TemporaryFolder folder, SqliteBrokerJournal journal, EmbeddedBroker broker)
    : RelayedFixture(() => broker.Port, KeyName, Key)
{
    private const string KeyName = "tests";
    private const string Key = "c2VjcmV0";

    public static async Task<InProcessFixture> StartAsync()
    {
        var folder = new TemporaryFolder();
        var journal = new SqliteBrokerJournal(new SqliteOptions { Folder = folder.Path });
        var options = new EmbeddedBrokerOptions { Port = 0, KeyName = KeyName, Key = Key, Queues = [.. ConformanceQueues.All.Select(Describe)] };
        return new InProcessFixture(folder, journal, await EmbeddedBroker.StartAsync(options, journal, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None));
    }

    protected override async Task EndAsync()
    {
        await broker.DisposeAsync();
        journal.Dispose();
        folder.Dispose();
    }

    private static QueueOptions Describe(string name)
    {
        var queue = new QueueOptions { Name = name };
        return name switch
        {
            ConformanceQueues.Sessions => queue with { RequiresSession = true },
            ConformanceQueues.Duplicates => queue with { RequiresDuplicateDetection = true },
            ConformanceQueues.Short => queue with { LockDuration = ConformanceQueues.ShortLock },
            ConformanceQueues.ShortSessions => queue with { RequiresSession = true, LockDuration = ConformanceQueues.ShortLock },
            ConformanceQueues.Dying => queue with { MaxDeliveryCount = 2 },
            ConformanceQueues.Brief => queue with { DefaultMessageTimeToLive = TimeSpan.FromMilliseconds(300), DeadLetteringOnMessageExpiration = true },
            _ => queue,
        };
    }
}
