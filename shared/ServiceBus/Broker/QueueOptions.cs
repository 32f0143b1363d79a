namespace Vivace.ServiceBus.Broker;

/// <summary>A queue of the embedded broker; the names and defaults are those of Service Bus. The broker takes ranges on trust.</summary>
public sealed record QueueOptions
{
    /// <summary>1 to 260 characters; not case-sensitive.</summary>
    public required string Name { get; init; }

    /// <summary>Messages without a session id are refused and only session receivers are let in. Default false.</summary>
    public bool RequiresSession { get; init; }

    /// <summary>A message whose id was sent within the window is reported as sent, and dropped. Default false.</summary>
    public bool RequiresDuplicateDetection { get; init; }

    /// <summary>How long a message id is remembered, above 0; Service Bus allows 20 s to 7 days. Default 10 minutes.</summary>
    public TimeSpan DuplicateDetectionWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>After so many deliveries a message that comes back is dead-lettered, 1 to 2,000. Default 10.</summary>
    public int MaxDeliveryCount { get; init; } = 10;

    /// <summary>Of a message's lock, or of a session's, above 0; Service Bus allows 5 minutes at most. Default 60 s. Dead letters have the same.</summary>
    public TimeSpan LockDuration { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Above 0: how long messages live, and the most that one may ask for. Default null: until they are settled, or as long as they ask.</summary>
    public TimeSpan? DefaultMessageTimeToLive { get; init; }

    /// <summary>Expired messages are dead-lettered, else dropped. Default false.</summary>
    public bool DeadLetteringOnMessageExpiration { get; init; }
}
