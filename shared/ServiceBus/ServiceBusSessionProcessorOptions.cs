namespace Vivace.ServiceBus;

public sealed class ServiceBusSessionProcessorOptions
{
    /// <summary>Sessions handled at once. Default 8.</summary>
    public int MaxConcurrentSessions { get; set; } = 8;

    /// <summary>How long a session without messages is held. Default 60 s.</summary>
    public TimeSpan SessionIdleTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a session's lock is renewed while one message is handled. Default 5 minutes; zero: not at all.</summary>
    public TimeSpan MaxAutoLockRenewalDuration { get; set; } = TimeSpan.FromMinutes(5);
}
