using Vivace.Api.Bus;
using Vivace.Api.Settings;
using Vivace.ServiceBus.Broker;

namespace Vivace.Api.Broker;

/// <summary>The queues of the embedded broker: Vivace's own, and those that the settings add or change.</summary>
internal static class BrokerQueues
{
    private static readonly TimeSpan StreamLifetime = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Only a send that is tried again is to be noticed: evaluations have their effects once anyway, and the ids of a busy
    /// quarter of an hour would fill megabytes.
    /// </summary>
    private static readonly TimeSpan RetriedSends = TimeSpan.FromMinutes(1);

    private const int ManyDeliveries = 2000;

    public static IReadOnlyList<QueueOptions> Of(EmbeddedBrokerSettings settings, StreamsSettings streams)
    {
        var queues = Own(streams).ToDictionary(q => q.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var changed in settings.Queues)
        {
            queues[changed.Name] = Change(queues.GetValueOrDefault(changed.Name) ?? new QueueOptions { Name = changed.Name }, changed);
        }

        return [.. queues.Values];
    }

    private static IEnumerable<QueueOptions> Own(StreamsSettings streams)
    {
        yield return new QueueOptions { Name = Queues.Turns, RequiresSession = true, RequiresDuplicateDetection = true, LockDuration = TimeSpan.FromSeconds(30) };
        yield return new QueueOptions { Name = Queues.Evaluations, RequiresDuplicateDetection = true, DuplicateDetectionWindow = RetriedSends };
        foreach (var name in Queues.OfChunks(streams.Shards).Append(Queues.Control))
        {
            yield return new QueueOptions { Name = name, RequiresSession = true, DefaultMessageTimeToLive = StreamLifetime, MaxDeliveryCount = ManyDeliveries };
        }
    }

    private static QueueOptions Change(QueueOptions queue, EmbeddedQueueSettings changed) => queue with
    {
        RequiresSession = changed.RequiresSession ?? queue.RequiresSession,
        RequiresDuplicateDetection = changed.RequiresDuplicateDetection ?? queue.RequiresDuplicateDetection,
        MaxDeliveryCount = changed.MaxDeliveryCount ?? queue.MaxDeliveryCount,
        LockDuration = EmbeddedQueueSettings.Duration(changed.LockDuration) ?? queue.LockDuration,
        DefaultMessageTimeToLive = EmbeddedQueueSettings.Duration(changed.DefaultMessageTimeToLive) ?? queue.DefaultMessageTimeToLive,
        DeadLetteringOnMessageExpiration = changed.DeadLetteringOnMessageExpiration ?? queue.DeadLetteringOnMessageExpiration,
    };
}
