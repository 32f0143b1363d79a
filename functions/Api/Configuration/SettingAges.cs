using System.Collections.Immutable;
using Vivace.Azure.AppConfiguration;

namespace Vivace.Api.Configuration;

/// <summary>
/// How new the key-values are that were read, so that an older state is known when it is served again, as by a replica that
/// lags. Immutable.
/// </summary>
/// <param name="Newest">When each key was last written, as far as it was ever seen.</param>
/// <param name="Present">The keys of the state that was read last.</param>
internal sealed record SettingAges(ImmutableDictionary<string, DateTimeOffset> Newest, ImmutableHashSet<string> Present)
{
    public static SettingAges None { get; } = new(ImmutableDictionary<string, DateTimeOffset>.Empty, []);

    /// <summary>A key whose value is older than it was, or that is back as it was before it was deleted; null when there is none.</summary>
    public string? FindOlder(IEnumerable<ConfigurationSetting> settings) => settings.FirstOrDefault(IsOlder)?.Key;

    public SettingAges After(IReadOnlyList<ConfigurationSetting> settings) => new(
        Newest.SetItems(settings.Where(s => s.LastModified is not null).Select(s => KeyValuePair.Create(s.Key, s.LastModified!.Value))),
        [.. settings.Select(s => s.Key)]);

    private bool IsOlder(ConfigurationSetting setting)
        => Newest.TryGetValue(setting.Key, out var newest)
            && (setting.LastModified < newest || (setting.LastModified == newest && !Present.Contains(setting.Key)));
}
