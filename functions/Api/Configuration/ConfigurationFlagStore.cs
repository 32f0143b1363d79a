using System.Text.Json;
using Azure;
using Azure.Identity;
using Vivace.Api.Settings;
using Vivace.Azure.AppConfiguration;
using Vivace.Rollouts.Flags;

namespace Vivace.Api.Configuration;

/// <summary>The flags in Azure App Configuration as rollouts change them: written on the condition that nobody else has.</summary>
internal sealed class ConfigurationFlagStore(ConfigurationClient client, AppConfigurationSettings settings, ConfigurationRefresh refresh) : IFlagStore
{
    public async Task<StoredFlag?> ReadAsync(string name, CancellationToken cancellationToken)
        => await FindAsync(name, cancellationToken) is { } setting ? Stored(name, setting) : null;

    public async Task<FlagWriteOutcome> WriteAsync(string name, string json, string? etag, CancellationToken cancellationToken)
    {
        // Its tags belong to whoever put them there; between the two calls the ETag stands guard.
        var before = etag is null ? null : await FindAsync(name, cancellationToken);
        if (etag is not null && before?.ETag != etag)
        {
            return new FlagWriteOutcome(FlagWriteStatus.Changed);
        }

        var wanted = (before ?? new ConfigurationSetting { Key = Key(name), Label = settings.KeyLabel, ContentType = ConfigurationSetting.FeatureFlagContentType }) with { Value = json };
        var written = await AskAsync(() => before is null
            ? client.AddConfigurationSettingAsync(wanted, cancellationToken)
            : client.SetConfigurationSettingAsync(wanted, onlyIfUnchanged: true, cancellationToken));
        if (!written.IsDone)
        {
            return new FlagWriteOutcome(written.Status == SettingWriteStatus.Locked ? FlagWriteStatus.Locked : FlagWriteStatus.Changed);
        }

        await refresh.RefreshAsync(cancellationToken);
        return new FlagWriteOutcome(FlagWriteStatus.Done, Stored(name, written.Setting!));
    }

    private Task<ConfigurationSetting?> FindAsync(string name, CancellationToken cancellation)
        => AskAsync(() => client.GetConfigurationSettingAsync(Key(name), settings.KeyLabel, cancellation));

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (e is RequestFailedException or JsonException or AuthenticationFailedException or AggregateException or IOException)
        {
            throw new FlagStoreException("Azure App Configuration does not answer as it should.", e);
        }
    }

    private static StoredFlag Stored(string name, ConfigurationSetting setting) => new(name, setting.Value ?? "null", setting.ETag ?? "");

    private static string Key(string name) => ConfigurationSetting.FeatureFlagPrefix + name;
}
