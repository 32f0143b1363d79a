using System.Text.Json.Serialization;

namespace Vivace.Azure.AppConfiguration;

/// <summary>One key-value of a store; keys are unique together with their label.</summary>
public sealed record ConfigurationSetting
{
    /// <summary>The key, case-sensitive.</summary>
    public required string Key { get; init; }

    /// <summary>The label; null for none.</summary>
    public string? Label { get; init; }

    /// <summary>The value; null is a value too.</summary>
    public string? Value { get; init; }

    /// <summary>What the value is, for example <see cref="FeatureFlagContentType"/>.</summary>
    public string? ContentType { get; init; }

    /// <summary>Further names and values; they survive a write only when they are written again.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The version of the key-value as the store gave it, without quotes; null for one that was not read.</summary>
    [JsonPropertyName("etag")]
    public string? ETag { get; init; }

    /// <summary>When it was last written, by the store's clock.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>Whether writes are refused.</summary>
    [JsonPropertyName("locked")]
    public bool IsReadOnly { get; init; }

    /// <summary>The prefix of the keys of feature flags.</summary>
    public const string FeatureFlagPrefix = ".appconfig.featureflag/";

    /// <summary>The content type by which the portal knows a feature flag.</summary>
    public const string FeatureFlagContentType = "application/vnd.microsoft.appconfig.ff+json;charset=utf-8";
}
