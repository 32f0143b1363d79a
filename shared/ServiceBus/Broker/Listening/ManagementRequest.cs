using System.Globalization;
using Amqp;
using Amqp.Types;
using Vivace.ServiceBus.Broker.Engine;
using Vivace.ServiceBus.Wire;

namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>The members of a request's body, which clients write with differing types.</summary>
internal sealed class ManagementRequest(Message request)
{
    private readonly Map body = request.Body as Map ?? [];

    public string? Operation => request.ApplicationProperties?["operation"] as string;

    public string? SessionId => body["session-id"] as string;

    public string RequiredSessionId => SessionId ?? throw new InvalidDataException("session-id is missing.");

    public ReadOnlyMemory<byte>? SessionState => body["session-state"] is byte[] state ? state : (ReadOnlyMemory<byte>?)null;

    public IReadOnlyList<Guid> LockTokens => Array("lock-tokens").Select(t => (Guid)t!).ToList();

    /// <summary>Each once.</summary>
    public IReadOnlyList<long> SequenceNumbers => Array("sequence-numbers").Select(Long).Distinct().ToList();

    public long FromSequenceNumber => Long(body["from-sequence-number"]);

    public int MessageCount => (int)Long(body["message-count"]);

    public int Skip => (int)Long(body["skip"]);

    public int Top => (int)Long(body["top"]);

    public ReceiveMode Mode => Long(body["receiver-settle-mode"]) == 0 ? ReceiveMode.ReceiveAndDelete : ReceiveMode.PeekLock;

    /// <summary>The receiving link on whose behalf it is asked; null when it does not say.</summary>
    public string? LinkName => request.ApplicationProperties?[AmqpNames.AssociatedLinkName] as string;

    public IReadOnlyList<byte[]> Messages => Array("messages").Select(Encoded).ToList();

    public Settlement Settlement(ReadOnlyMemory<byte> encoded)
    {
        var edited = SettlementReader.Edit(encoded, body["properties-to-modify"] as Map);
        return (body["disposition-status"] as string) switch
        {
            "completed" => new Settlement(SettlementKind.Complete),
            "abandoned" => new Settlement(SettlementKind.Abandon, edited),
            "defered" => new Settlement(SettlementKind.Defer, edited),
            "suspended" => new Settlement(SettlementKind.DeadLetter, DeadLetter(edited ?? encoded)),
            var status => throw new InvalidDataException($"disposition-status {status} is not known."),
        };
    }

    private ReadOnlyMemory<byte> DeadLetter(ReadOnlyMemory<byte> encoded)
    {
        var properties = new List<KeyValuePair<string, object?>>();
        if (body["deadletter-reason"] is string reason)
        {
            properties.Add(new(AmqpNames.DeadLetter.Reason, reason));
        }

        if (body["deadletter-description"] is string description)
        {
            properties.Add(new(AmqpNames.DeadLetter.ErrorDescription, description));
        }

        return properties.Count > 0 ? PropertyEditor.Set(encoded, properties) : encoded;
    }

    private IEnumerable<object?> Array(string name) => body[name] switch
    {
        null => [],
        System.Collections.IEnumerable items and not byte[] => items.Cast<object?>(),
        var single => [single],
    };

    private static byte[] Encoded(object? entry) => entry is Map map && map["message"] is byte[] { Length: <= SenderEndpoint.LargestMessage } encoded
        ? encoded
        : throw new InvalidDataException($"A message has at most {SenderEndpoint.LargestMessage} bytes.");

    private static long Long(object? value) => value is null ? 0 : Convert.ToInt64(value, CultureInfo.InvariantCulture);
}
