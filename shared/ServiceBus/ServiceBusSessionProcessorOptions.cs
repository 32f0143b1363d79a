namespace Vivace.ServiceBus;

/// <summary>How a <see cref="ServiceBusSessionProcessor"/> handles sessions; it always receives messages under a lock, one at a time of a session.</summary>
public sealed class ServiceBusSessionProcessorOptions
{
    /// <summary>Sessions handled at once, at least 1: with less the processor does not start. Default 8.</summary>
    public int MaxConcurrentSessions { get; set; } = 8;

    /// <summary>How long a session without messages is held, zero or more. Default 60 s.</summary>
    public TimeSpan SessionIdleTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a session's lock is renewed while one message is handled. Default 5 minutes; zero or less: not at all.</summary>
    public TimeSpan MaxAutoLockRenewalDuration { get; set; } = TimeSpan.FromMinutes(5);
}
