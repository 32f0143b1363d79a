namespace Vivace.ServiceBus;

public sealed class ServiceBusProcessorOptions
{
    /// <summary>Messages handled at once. Default 1.</summary>
    public int MaxConcurrentCalls { get; set; } = 1;

    /// <summary>Messages that the broker may send ahead. 0: one for each free call.</summary>
    public int PrefetchCount { get; set; }

    /// <summary>How long a message's lock is renewed while it is handled. Default 5 minutes; zero: not at all.</summary>
    public TimeSpan MaxAutoLockRenewalDuration { get; set; } = TimeSpan.FromMinutes(5);
}
