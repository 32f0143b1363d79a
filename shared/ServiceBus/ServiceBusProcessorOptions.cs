namespace Vivace.ServiceBus;

/// <summary>How a <see cref="ServiceBusProcessor"/> handles messages; it always receives them under a lock.</summary>
public sealed class ServiceBusProcessorOptions
{
    /// <summary>Messages handled at once, at least 1: with less the processor does not start. Default 1.</summary>
    public int MaxConcurrentCalls { get; set; } = 1;

    /// <summary>
    /// Messages that the broker may send ahead; their locks run while they wait, and one whose lock has ended is not handled.
    /// Default 0, and below: none, one is asked for when a call is free.
    /// </summary>
    public int PrefetchCount { get; set; }

    /// <summary>How long a message's lock is renewed while it is handled. Default 5 minutes; zero or less: not at all.</summary>
    public TimeSpan MaxAutoLockRenewalDuration { get; set; } = TimeSpan.FromMinutes(5);
}
