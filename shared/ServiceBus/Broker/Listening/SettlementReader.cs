using Amqp.Framing;
using Amqp.Types;
using Vivace.ServiceBus.Broker.Engine;
using Vivace.ServiceBus.Wire;

namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>Reads a settlement from an outcome.</summary>
internal static class SettlementReader
{
    /// <summary>Null for a state that settles nothing.</summary>
    public static Settlement? Read(DeliveryState? state, ReadOnlyMemory<byte> encoded) => state switch
    {
        Accepted => new Settlement(SettlementKind.Complete),
        Released => new Settlement(SettlementKind.Release),
        Modified { UndeliverableHere: true } modified => new Settlement(SettlementKind.Defer, Edit(encoded, modified.MessageAnnotations)),
        Modified modified => new Settlement(SettlementKind.Abandon, Edit(encoded, modified.MessageAnnotations)),
        Rejected rejected => DeadLetter(encoded, rejected.Error),
        _ => null,
    };

    /// <summary>Null, not empty, when nothing changes: a bare null would become an empty memory here.</summary>
    public static ReadOnlyMemory<byte>? Edit(ReadOnlyMemory<byte> encoded, Map? properties)
        => properties is { Count: > 0 } ? PropertyEditor.Set(encoded, Pairs(properties)) : default(ReadOnlyMemory<byte>?);

    private static Settlement DeadLetter(ReadOnlyMemory<byte> encoded, Error? error)
    {
        var properties = error?.Info is { } info ? Pairs(info) : [];
        if (error?.Description is { Length: > 0 } description && !properties.Any(p => p.Key == AmqpNames.DeadLetter.ErrorDescription))
        {
            properties.Add(new(AmqpNames.DeadLetter.ErrorDescription, description));
        }

        return new Settlement(SettlementKind.DeadLetter, properties.Count > 0 ? PropertyEditor.Set(encoded, properties) : default(ReadOnlyMemory<byte>?));
    }

    /// <summary>Read as a general dictionary: some clients send plain strings where symbols are due.</summary>
    private static List<KeyValuePair<string, object?>> Pairs(Map map)
        => [.. ((Dictionary<object, object?>)map!).Where(p => p.Value is not null).Select(p => new KeyValuePair<string, object?>(p.Key.ToString()!, p.Value is Symbol symbol ? symbol.ToString() : p.Value))];
}
