namespace Vivace.ServiceBus.Broker;

/// <summary>Where the broker listens, what opens it and which queues it has.</summary>
public sealed class EmbeddedBrokerOptions
{
    /// <summary>0 to 65,535. Tried first; when it is taken, a free one is used. 0, the default: any free one.</summary>
    public int Port { get; init; }

    /// <summary>The name of the shared access key.</summary>
    public required string KeyName { get; init; }

    /// <summary>The shared access key, which signs the tokens.</summary>
    public required string Key { get; init; }

    /// <summary>
    /// Every queue; each has dead letters of its own, <c>{name}/$deadletterqueue</c>. What the journal keeps of other queues stays
    /// there. Two of one name: <see cref="EmbeddedBroker.StartAsync"/> throws <see cref="ArgumentException"/>.
    /// </summary>
    public required IReadOnlyList<QueueOptions> Queues { get; init; }
}
