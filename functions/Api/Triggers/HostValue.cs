using System.Globalization;
using System.Text.Json;

namespace Vivace.Api.Triggers;

/// <summary>
/// A value as the Functions host writes it: as it is, or as a string that holds its JSON, depending on its type and on
/// whether it belongs to one message or to several.
/// </summary>
internal static class HostValue
{
    /// <summary>The member, or null when it is absent or null.</summary>
    public static JsonElement? Member(JsonElement parent, string name)
        => parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A string, its own or one inside it; numbers and the like as their JSON.</summary>
    public static string? Text(JsonElement? value)
    {
        if (value is not { ValueKind: JsonValueKind.String } text)
        {
            return value?.GetRawText();
        }

        return Held(text, JsonValueKind.String) is { } inner ? inner.GetString() : text.GetString();
    }

    /// <summary>An array or object, itself or inside a string.</summary>
    public static JsonElement? Structure(JsonElement? value, JsonValueKind kind) => value switch
    {
        { } structure when structure.ValueKind == kind => structure,
        { ValueKind: JsonValueKind.String } text => Held(text, kind),
        _ => null,
    };

    public static long? Number(string? text) => long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static bool Flag(string? text) => string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>A time; one without an offset is in UTC.</summary>
    public static DateTimeOffset? Time(string? text)
        => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    /// <summary>What a property of a message is in memory; null for what is no scalar.</summary>
    public static object? Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? (object)whole : value.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static JsonElement? Held(JsonElement text, JsonValueKind kind)
    {
        try
        {
            var held = JsonElement.Parse(text.GetString()!);
            return held.ValueKind == kind ? held : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
