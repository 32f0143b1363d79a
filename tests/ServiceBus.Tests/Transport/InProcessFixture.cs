using Microsoft.Extensions.Logging.Abstractions;
using Vivace.ServiceBus.Broker;
using Vivace.Sqlite;
using Vivace.Sqlite.Broker;
using Vivace.Testing.Network;

namespace Vivace.ServiceBus.Tests.Transport;

/// <summary>The embedded broker in this process, its journal on disk, behind a relay that can be broken.</summary>
internal sealed class InProcessFixture : IBusFixture
{
    private const string Key = "c2VjcmV0";

    private readonly TemporaryFolder folder = new();
    private readonly SqliteBrokerJournal journal;
    private readonly EmbeddedBroker broker;
    private readonly TcpRelay relay;

    private InProcessFixture(TemporaryFolder folder, SqliteBrokerJournal journal, EmbeddedBroker broker)
    {
        (this.folder, this.journal, this.broker) = (folder, journal, broker);
        relay = new TcpRelay(() => broker.Port);
    }

    public string ConnectionString => $"Endpoint=sb://127.0.0.1:{relay.Port};SharedAccessKeyName=tests;SharedAccessKey={Key};UseDevelopmentEmulator=true";

    public static async Task<InProcessFixture> StartAsync()
    {
        var folder = new TemporaryFolder();
        var journal = new SqliteBrokerJournal(new SqliteOptions { Folder = folder.Path });
        var options = new EmbeddedBrokerOptions { Port = 0, KeyName = "tests", Key = Key, Queues = [.. ConformanceQueues.All.Select(Describe)] };
        return new InProcessFixture(folder, journal, await EmbeddedBroker.StartAsync(options, journal, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None));
    }

    public bool IsAway
    {
        set => relay.IsAway = value;
    }

    public Task BreakConnectionsAsync()
    {
        relay.BreakAll();
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await relay.DisposeAsync();
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
