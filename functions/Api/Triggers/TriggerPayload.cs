using System.Buffers.Text;
using System.Text.Json;
using Vivace.Api.Problems;
using Vivace.Contracts.Problems;

namespace Vivace.Api.Triggers;

/// <summary>Reads what the Functions host posts for a trigger: <c>{"Data":{name:…},"Metadata":{…}}</c>.</summary>
internal static class TriggerPayload
{
    /// <summary>What the bindings are called in every function.json.</summary>
    public const string MessageBinding = "message";
    public const string TimerBinding = "timer";

    private static readonly Problem NoCall = ProblemKinds.InvalidRequest("The body is not a call of the Functions host.");

    /// <summary>
    /// Without dataType binary the host lets members of a message's JSON overwrite what it says of the message, so that a
    /// sender could choose session and delivery count. Such JSON is never base64.
    /// </summary>
    private static readonly Problem NotBinary = ProblemKinds.InvalidRequest("The message is not base64; the trigger's function.json must say dataType binary.");

    /// <summary>The messages of a call, one or several, or why they cannot be trusted or read.</summary>
    public static (IReadOnlyList<TriggerMessage>? Messages, Problem? Fault) ReadMessages(ReadOnlyMemory<byte> body) => Read(body, MessageBinding, ReadMessages);

    /// <summary>The timer of a call, or why it cannot be read.</summary>
    public static (TimerCall? Timer, Problem? Fault) ReadTimer(ReadOnlyMemory<byte> body) => Read(body, TimerBinding, ReadTimer);

    private static (T? Payload, Problem? Fault) Read<T>(ReadOnlyMemory<byte> body, string binding, Func<JsonElement, JsonElement, (T?, Problem?)> read)
        where T : class
    {
        try
        {
            using var call = JsonDocument.Parse(body);
            return HostValue.Member(call.RootElement, "Data") is { } data
                && HostValue.Member(data, binding) is { } value
                && HostValue.Member(call.RootElement, "Metadata") is { ValueKind: JsonValueKind.Object } metadata
                ? read(value, metadata)
                : (null, NoCall);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string holds half a surrogate pair.
            return (null, NoCall);
        }
    }

    private static (IReadOnlyList<TriggerMessage>?, Problem?) ReadMessages(JsonElement data, JsonElement metadata)
    {
        if (HostValue.Structure(data, JsonValueKind.Array) is not { } several)
        {
            return Decode(HostValue.Text(data)) is { } body ? ([new MessageMetadata(metadata, null).Describe(body)], null) : (null, NotBinary);
        }

        var messages = new List<TriggerMessage>();
        foreach (var (index, item) in several.EnumerateArray().Index())
        {
            if (item.ValueKind != JsonValueKind.String || Decode(item.GetString()) is not { } body)
            {
                return (null, NotBinary);
            }

            messages.Add(new MessageMetadata(metadata, index).Describe(body));
        }

        return (messages, null);
    }

    private static (TimerCall?, Problem?) ReadTimer(JsonElement data, JsonElement metadata)
    {
        if (HostValue.Structure(data, JsonValueKind.Object) is not { } timer)
        {
            return (null, NoCall);
        }

        var status = HostValue.Structure(HostValue.Member(timer, "ScheduleStatus"), JsonValueKind.Object);
        return (new TimerCall(HostValue.Flag(Text(timer, "IsPastDue")), HostValue.Time(Text(status, "Next"))), null);
    }

    private static string? Text(JsonElement? parent, string name) => parent is { } known ? HostValue.Text(HostValue.Member(known, name)) : null;

    private static byte[]? Decode(string? base64) => base64 is not null && Base64.IsValid(base64) ? Convert.FromBase64String(base64) : null;
}
