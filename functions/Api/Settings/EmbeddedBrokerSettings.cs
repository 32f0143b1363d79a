namespace Vivace.Api.Settings;

/// <summary>Section <c>ServiceBus:Embedded</c>.</summary>
internal sealed class EmbeddedBrokerSettings
{
    /// <summary>Tried first; when it is taken, a free one is used. 0: any free one.</summary>
    public int Port { get; set; } = 5672;

    /// <summary>Further queues for other clients, or other properties of Vivace's own.</summary>
    public List<EmbeddedQueueSettings> Queues { get; set; } = [];
}
