using Azure.Identity;
using Vivace.Api.Broker;
using Vivace.Api.Hosting;
using Vivace.Api.Settings;
using Vivace.ServiceBus;
using Vivace.Sqlite;
using Vivace.Sqlite.Broker;

namespace Vivace.Api.Bus;

internal static class BusServices
{
    public static IServiceCollection AddVivaceBus(this IServiceCollection services, ServiceBusSettings settings)
    {
        if (settings.IsEmbedded)
        {
            services
                .AddSingleton<BrokerFile>()
                .AddSingleton<OpenBrokerJournal>(provider => OpenJournal(provider.GetRequiredService<StorageSettings>()))
                .AddSingleton<BrokerHost>()
                .AddHostedService(provider => provider.GetRequiredService<BrokerHost>());
        }

        return services
            .AddSingleton(provider => Connect(provider, settings))
            .AddSingleton<IMessageBus, MessageBus>()
            .AddSingleton<WorkHandler>();
    }

    private static OpenBrokerJournal OpenJournal(StorageSettings storage)
        => () => new SqliteBrokerJournal(new SqliteOptions { Folder = storage.Path, SynchronousFull = storage.IsFull });

    private static ServiceBusClient Connect(IServiceProvider provider, ServiceBusSettings settings)
    {
        var options = new ServiceBusClientOptions
        {
            Time = provider.GetRequiredService<TimeProvider>(),
            LoggerFactory = provider.GetRequiredService<ILoggerFactory>(),
            Observer = provider.GetService<IServiceBusObserver>(),
        };
        return settings switch
        {
            { IsEmbedded: true } => new ServiceBusClient(provider.GetRequiredService<BrokerHost>().ConnectionStringAsync, options),
            { ConnectionString: { Length: > 0 } connection } => OfConnectionString(connection, options),
            _ => new ServiceBusClient(settings.NamespaceName!, new DefaultAzureCredential(), options),
        };
    }

    private static ServiceBusClient OfConnectionString(string connection, ServiceBusClientOptions options)
    {
        try
        {
            return new ServiceBusClient(connection, options);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new StartupException("ServiceBus:ConnectionString cannot be used:", [e.Message]);
        }
    }
}
