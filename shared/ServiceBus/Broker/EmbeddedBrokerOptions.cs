namespace Vivace.ServiceBus.Broker;

/// <summary>Where the broker listens, what opens it and which queues it has.</summary>
public sealed class EmbeddedBrokerOptions
{
    /// <summary>Tried first; when it is taken, a free one is used. 0: any free one.</summary>
    public int Port { get; init; }

    /// <summary>The name of the shared access key.</summary>
    public required string KeyName { get; init; }

    /// <summary>The shared access key, which signs the tokens.</summary>
    public required string Key { get; init; }

    public required IReadOnlyList<QueueOptions> Queues { get; init; }
}
