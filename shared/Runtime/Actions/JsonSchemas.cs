using System.Text.Json;

namespace Vivace.Runtime.Actions;

/// <summary>Schemas of action arguments.</summary>
public static class JsonSchemas
{
    /// <summary>An action without arguments.</summary>
    public static JsonElement Nothing { get; } = Parse("""{"type":"object","properties":{},"additionalProperties":false}""");

    /// <summary>An action with one required string.</summary>
    public static JsonElement OneText(string name, string description) => Parse(
        $$$"""{"type":"object","properties":{"{{{name}}}":{"type":"string","description":"{{{description}}}"}},"required":["{{{name}}}"],"additionalProperties":false}""");

    /// <summary>A schema from its text.</summary>
    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
