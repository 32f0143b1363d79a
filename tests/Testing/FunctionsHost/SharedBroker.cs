using Microsoft.Extensions.Logging.Abstractions;
using Vivace.Api.Broker;
using Vivace.Api.Settings;
using Vivace.ServiceBus;
using Vivace.ServiceBus.Broker;
using Vivace.Sqlite.Broker;

namespace Vivace.Testing.FunctionsHost;

/// <summary>A broker beside the application, as a namespace is in Azure: with it a Functions host brings the work.</summary>
public sealed class SharedBroker : IAsyncDisposable
{
    private readonly TemporaryFolder folder;
    private readonly SqliteBrokerJournal journal;
    private readonly EmbeddedBroker broker;

    private SharedBroker(TemporaryFolder folder, SqliteBrokerJournal journal, EmbeddedBroker broker)
        => (this.folder, this.journal, this.broker) = (folder, journal, broker);

    /// <summary>Connects the application to it.</summary>
    public string Setting => $"ServiceBus:ConnectionString={broker.ConnectionString}";

    /// <summary>The setting as the Functions host reads it too: the connection string is the value of the section.</summary>
    public string HostSetting => $"ServiceBus={broker.ConnectionString}";

    public static async Task<SharedBroker> StartAsync()
    {
        var folder = new TemporaryFolder();
        var journal = new SqliteBrokerJournal(new() { Folder = folder.Path });
        try
        {
            var options = new EmbeddedBrokerOptions
            {
                Port = 0,
                KeyName = BrokerAddress.KeyName,
                Key = BrokerFile.NewKey(),
                Queues = BrokerQueues.Of(new EmbeddedBrokerSettings(), new StreamsSettings()),
            };
            return new SharedBroker(
                folder, journal, await EmbeddedBroker.StartAsync(options, journal, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None));
        }
        catch
        {
            journal.Dispose();
            folder.Dispose();
            throw;
        }
    }

    public ServiceBusClient Connect() => new(broker.ConnectionString, new ServiceBusClientOptions { Time = TimeProvider.System, LoggerFactory = NullLoggerFactory.Instance });

    public async ValueTask DisposeAsync()
    {
        await broker.DisposeAsync();
        journal.Dispose();
        folder.Dispose();
    }
}
