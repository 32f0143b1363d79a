namespace Vivace.ServiceBus.Broker;

/// <summary>A queue of the embedded broker; the names and defaults are those of Service Bus.</summary>
public sealed record QueueOptions
{
    /// <summary>1 to 260 characters; not case-sensitive.</summary>
    public required string Name { get; init; }

    /// <summary>Messages without a session id are refused and only session receivers are let in.</summary>
    public bool RequiresSession { get; init; }

    /// <summary>A message whose id was sent within the window is reported as sent, and dropped.</summary>
    public bool RequiresDuplicateDetection { get; init; }

    /// <summary>How long a message id is remembered.</summary>
    public TimeSpan DuplicateDetectionWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>After so many deliveries a message that comes back is dead-lettered.</summary>
    public int MaxDeliveryCount { get; init; } = 10;

    /// <summary>Of a message's lock, or of a session's.</summary>
    public TimeSpan LockDuration { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Null: messages live until they are settled. Also the most that a message may ask for.</summary>
    public TimeSpan? DefaultMessageTimeToLive { get; init; }

    /// <summary>Expired messages are dead-lettered, else dropped.</summary>
    public bool DeadLetteringOnMessageExpiration { get; init; }
}
