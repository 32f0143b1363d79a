using Microsoft.Extensions.Logging;
using Vivace.ServiceBus.Broker;

namespace Vivace.ServiceBus.Tests.Drivers;

/// <summary>Starts brokers with the queues that the scenarios name.</summary>
internal static class TestBroker
{
    public const string KeyName = "tests";
    public const string Key = "c2VjcmV0";

    private static readonly TimeSpan ShortLock = TimeSpan.FromSeconds(1.5);

    public static IReadOnlyList<QueueOptions> Queues { get; } =
    [
        new() { Name = "plain" },
        new() { Name = "impatient", MaxDeliveryCount = 3 },
        new() { Name = "short", LockDuration = ShortLock },
        new() { Name = "expiring", DeadLetteringOnMessageExpiration = true },
        new() { Name = "once", RequiresDuplicateDetection = true },
        new() { Name = "sessions", RequiresSession = true },
        new() { Name = "shortsessions", RequiresSession = true, LockDuration = ShortLock },
    ];

    public static Task<EmbeddedBroker> StartAsync(IBrokerJournal? journal = null, IBrokerFaults? faults = null, int port = 0, ILoggerFactory? loggers = null, TimeProvider? time = null)
        => EmbeddedBroker.StartAsync(
            new EmbeddedBrokerOptions { Port = port, KeyName = KeyName, Key = Key, Queues = Queues },
            journal ?? new InMemoryJournal(),
            time ?? TimeProvider.System,
            loggers ?? new ErrorLog(),
            CancellationToken.None,
            faults);
}
