using System.Text.Json.Serialization;

namespace Vivace.Azure.AppConfiguration;

/// <summary>The body of one page of a list.</summary>
internal sealed record SettingList
{
    public required ConfigurationSetting[] Items { get; init; }

    [JsonPropertyName("@nextLink")]
    public string? NextLink { get; init; }
}
