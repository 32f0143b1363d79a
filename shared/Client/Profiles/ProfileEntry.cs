using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vivace.Client.Profiles;

/// <summary>A profile as the server describes it; members beyond the first three are kept as they came.</summary>
public sealed record ProfileEntry
{
    /// <summary>The name that a message gives.</summary>
    public required string Name { get; init; }

    /// <summary>The mode it declares, <c>default</c> or <c>fast</c>; null when the server does not say.</summary>
    public string? Mode { get; init; }

    /// <summary>Equal on all instances that would process a turn alike; null when the server does not say.</summary>
    public string? Hash { get; init; }

    /// <summary>Every further member, by name.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Members { get; set; }

    /// <summary>The names in a member that is a list of names, or of objects that have one; empty when there is none.</summary>
    public IReadOnlyList<string> NamesIn(string member)
        => Members?.TryGetValue(member, out var list) is true && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(NameOf).OfType<string>()]
            : [];

    private static string? NameOf(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.String => item.GetString(),
        JsonValueKind.Object when item.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String => name.GetString(),
        _ => null,
    };
}
