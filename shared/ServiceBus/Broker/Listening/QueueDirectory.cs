using System.Diagnostics.CodeAnalysis;
using Vivace.ServiceBus.Broker.Engine;
using Vivace.ServiceBus.Wire;

namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>The queues by their addresses; dead letters are queues of their own.</summary>
internal sealed class QueueDirectory
{
    private readonly Dictionary<string, MessageQueue> queues = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<MessageQueue> All => queues.Values;

    public void Add(MessageQueue queue) => queues.Add(queue.Name, queue);

    /// <param name="address">An entity's path, with or without the scheme and the host.</param>
    public bool TryFind(string? address, [NotNullWhen(true)] out MessageQueue? queue) => queues.TryGetValue(Path(address), out queue);

    /// <summary>The queue whose dead letters these are; null for an ordinary queue.</summary>
    public static string? DeadLetterSource(string name)
        => name.EndsWith(AmqpNames.DeadLetterSuffix, StringComparison.OrdinalIgnoreCase) ? name[..^AmqpNames.DeadLetterSuffix.Length] : null;

    /// <summary>Whether an address is of a queue's requests, and of which queue.</summary>
    public static bool IsManagement(string? address, [NotNullWhen(true)] out string? entity)
    {
        var path = Path(address);
        var matches = path.EndsWith(AmqpNames.ManagementSuffix, StringComparison.OrdinalIgnoreCase);
        entity = matches ? path[..^AmqpNames.ManagementSuffix.Length] : null;
        return matches;
    }

    private static string Path(string? address)
    {
        var path = address ?? "";
        if (path.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0)
        {
            var slash = path.IndexOf('/', scheme + 3);
            path = slash < 0 ? "" : path[slash..];
        }

        return path.Trim('/');
    }
}
