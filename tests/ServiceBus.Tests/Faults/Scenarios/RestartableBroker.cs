using Vivace.ServiceBus.Broker;
using Vivace.ServiceBus.Tests.Drivers;
using Vivace.ServiceBus.Tests.Faults.Recording;
using Vivace.Sqlite.Broker;
using Vivace.Testing.Network;

namespace Vivace.ServiceBus.Tests.Faults.Scenarios;

/// <summary>A broker with its journal on disk, behind a network that breaks, which stops, is killed and comes back.</summary>
internal sealed class RestartableBroker : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly IBrokerFaults faults;
    private readonly History history;
    private readonly TcpRelay relay;
    private KillableJournal journal;
    private EmbeddedBroker? broker;
    private int port;

    private RestartableBroker(IBrokerFaults faults, History history)
    {
        (this.faults, this.history) = (faults, history);
        relay = new TcpRelay(() => port);
        journal = Open();
    }

    public string ConnectionString
        => $"Endpoint=sb://127.0.0.1:{relay.Port};SharedAccessKeyName={TestBroker.KeyName};SharedAccessKey={TestBroker.Key};UseDevelopmentEmulator=true";

    /// <summary>What the broker took for faults of its own.</summary>
    public ErrorLog Log { get; } = new();

    public static async Task<RestartableBroker> StartAsync(IBrokerFaults faults, History history)
    {
        var created = new RestartableBroker(faults, history);
        await created.StartAsync();
        return created;
    }

    public void BreakConnections()
    {
        history.Add(new HistoryEvent.FaultInjected("", "Break", "Network", EndsLinks: true));
        relay.BreakAll();
    }

    /// <summary>Stops it in order and starts it on the same journal and port.</summary>
    public async Task RestartAsync()
    {
        history.Add(new HistoryEvent.BrokerRestarted(Killed: false));
        await broker!.DisposeAsync();
        journal.Dispose();
        journal = Open();
        await StartAsync();
    }

    /// <summary>
    /// Ends it without a word to anybody: its connections break first, so that nobody hears of what the journal does not
    /// take any more.
    /// </summary>
    public async Task KillAsync()
    {
        history.Add(new HistoryEvent.BrokerRestarted(Killed: true));
        relay.IsAway = true;
        relay.BreakAll();
        journal.Kill();
        await broker!.DisposeAsync();
        journal.Dispose();
        journal = Open();
        await StartAsync();
        relay.IsAway = false;
    }

    public async ValueTask DisposeAsync()
    {
        await relay.DisposeAsync();
        await broker!.DisposeAsync();
        journal.Dispose();
        folder.Dispose();
    }

    private async Task StartAsync()
    {
        var options = new EmbeddedBrokerOptions { Port = port, KeyName = TestBroker.KeyName, Key = TestBroker.Key, Queues = ScenarioQueues.Options };
        broker = await EmbeddedBroker.StartAsync(options, journal, TimeProvider.System, Log, CancellationToken.None, faults);
        port = broker.Port;
    }

    private KillableJournal Open() => new(new SqliteBrokerJournal(new() { Folder = folder.Path }));
}
