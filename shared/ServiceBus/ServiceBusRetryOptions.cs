namespace Vivace.ServiceBus;

/// <summary>How transient failures are met.</summary>
public sealed record ServiceBusRetryOptions
{
    /// <summary>Tries after the first; 0: none. Default 6.</summary>
    public int MaxRetries { get; init; } = 6;

    /// <summary>Pause before the second try, doubled before each further one. Default 50 ms.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest pause. Default 5 s.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one try may take. Default 30 s.</summary>
    public TimeSpan TryTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
