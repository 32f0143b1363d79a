using Vivace.Azure.AppConfiguration;

namespace Vivace.Api.Configuration;

/// <summary>The application's own key-values, as they were read together. Immutable.</summary>
internal sealed record ConfigurationValues(IReadOnlyList<ConfigurationSetting> Settings)
{
    public static ConfigurationValues None { get; } = new([]);

    /// <summary>The value of a key, such as <c>Vivace:Rollouts:fast-mode</c>; null when there is none.</summary>
    public string? Find(string key) => Settings.FirstOrDefault(s => s.Key == key)?.Value;
}
