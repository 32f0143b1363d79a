using System.Text.Json;

namespace Vivace.Api.Triggers;

/// <summary>What a call says of one message: in members of its own or, where the call brings several, in one array a member.</summary>
/// <param name="Index">Which of several messages; null when it is the only one.</param>
internal readonly record struct MessageMetadata(JsonElement Metadata, int? Index)
{
    public TriggerMessage Describe(ReadOnlyMemory<byte> body) => new(
        body,
        Text("MessageId"),
        Text("SessionId"),
        HostValue.Number(Text("DeliveryCount")),
        HostValue.Number(Text("SequenceNumber")),
        HostValue.Time(Text("EnqueuedTimeUtc")),
        Properties("ApplicationProperties"));

    private string? Text(string name)
    {
        // In an array each value is itself: quotes that a string there begins with are its own.
        var value = Value(name);
        return Index is not null && value is { ValueKind: JsonValueKind.String } text ? text.GetString() : HostValue.Text(value);
    }

    private Dictionary<string, object> Properties(string name)
    {
        var read = new Dictionary<string, object>(StringComparer.Ordinal);
        if (HostValue.Structure(Value(name), JsonValueKind.Object) is { } properties)
        {
            foreach (var property in properties.EnumerateObject())
            {
                if (HostValue.Scalar(property.Value) is { } value)
                {
                    read[property.Name] = value;
                }
            }
        }

        return read;
    }

    private JsonElement? Value(string name)
    {
        if (Index is not { } index)
        {
            return HostValue.Member(Metadata, name);
        }

        return HostValue.Structure(HostValue.Member(Metadata, name + "Array"), JsonValueKind.Array) is { } values
            && index < values.GetArrayLength()
            && values[index] is { ValueKind: not JsonValueKind.Null } value
            ? value
            : null;
    }
}
