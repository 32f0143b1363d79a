using System.Text;
using System.Text.Json;
using Azure;
using Azure.Identity;
using Vivace.Api.Flags;
using Vivace.Api.Hosting;
using Vivace.Api.Profiles;
using Vivace.Api.Settings;
using Vivace.Azure.AppConfiguration;
using Vivace.Rollouts.Flags;
using Vivace.Runtime.Profiles;

namespace Vivace.Api.Configuration;

/// <summary>
/// Flags and profiles from Azure App Configuration. Looks again and again, each instance at times of its own; what cannot be
/// read leaves what was read last in force, flags up to their maximum age. A start without the store succeeds, all off.
/// </summary>
internal sealed partial class ConfigurationRefresh : RepeatingLoop, IFlagSource
{
    private const string ProfilePrefix = "Vivace:Profiles:";

    /// <summary>For how long a start waits for the first answer.</summary>
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly AppConfigurationSettings settings;
    private readonly LiveProfiles profiles;
    private readonly TimeProvider time;
    private readonly Random random;
    private readonly ILogger logger;
    private readonly LastGoodFlags flags;
    private readonly WatchedSettings flagSettings;
    private readonly WatchedSettings values;
    private readonly SemaphoreSlim gate = new(1);
    private volatile ConfigurationValues current = ConfigurationValues.None;
    private string? valuesFault;

    public ConfigurationRefresh(
        ConfigurationClient client, AppConfigurationSettings settings, LiveProfiles profiles, TimeProvider time, Random random, ILogger<ConfigurationRefresh> logger)
        : base(time, logger)
    {
        (this.settings, this.profiles, this.time, this.random, this.logger) = (settings, profiles, time, random, logger);
        flags = new LastGoodFlags("Azure App Configuration", settings.MaxAge, time, logger);
        var label = settings.KeyLabel ?? SettingSelector.NoLabel;
        WatchedSettings Watch(string filter) => new(new SettingPoll(client, new SettingSelector(filter, label)), settings.MaxAge, time);
        flagSettings = Watch($"{ConfigurationSetting.FeatureFlagPrefix}{FlagNames.Prefix}*");
        values = Watch("Vivace:*");
    }

    public FlagSnapshot Current => flags.Current;

    /// <summary>The keys that begin with <c>Vivace:</c>, plans of rollouts among them, as they were read last.</summary>
    public ConfigurationValues Values => current;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(StartPatience, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Looks now.</summary>
    /// <returns>How long the store asks to be left alone; zero when it does not.</returns>
    public Task<TimeSpan> RefreshAsync(CancellationToken cancellation) => RefreshAsync(Patience, cancellation);

    protected override async ValueTask<TimeSpan> RoundAsync(CancellationToken stopping)
    {
        var pause = settings.Refresh * (1 - 0.2 * random.NextDouble());
        await Task.Delay(pause, time, stopping);
        var asked = await RefreshAsync(Patience, stopping);
        return asked < settings.MaxAge ? asked : settings.MaxAge;
    }

    private async Task<TimeSpan> RefreshAsync(TimeSpan patience, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            using var limit = new CancellationTokenSource(patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
            var asked = await GuardAsync(ReadFlagsAsync, flags.Fail, cancellation, either.Token);
            return asked > TimeSpan.Zero ? asked : await GuardAsync(ReadValuesAsync, FailValues, cancellation, either.Token);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>The edge: whatever the store does leaves what was read last in force.</summary>
    private static async Task<TimeSpan> GuardAsync(
        Func<CancellationToken, Task> read, Action<string> fail, CancellationToken stopping, CancellationToken cancellation)
    {
        try
        {
            await read(cancellation);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            fail("No answer in time.");
        }
        catch (RequestFailedException e)
        {
            fail(e.Status == 0 ? "The store cannot be reached." : $"The store answered {e.Status}.");
            return e.GetRawResponse() is { } response ? RetryAfter.Read(response) ?? TimeSpan.Zero : TimeSpan.Zero;
        }
        catch (Exception e) when (e is AggregateException or IOException)
        {
            fail("The store cannot be reached.");
        }
        catch (Exception e) when (e is JsonException or OlderStateException or AuthenticationFailedException)
        {
            fail(e.Message);
        }

        return TimeSpan.Zero;
    }

    private async Task ReadFlagsAsync(CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var read = await flagSettings.ReadAsync(cancellation);
        flags.Confirm(FlagSnapshot.FromValues(read.Select(s => KeyValuePair.Create(s.Key[ConfigurationSetting.FeatureFlagPrefix.Length..], s.Value))), started);
    }

    private async Task ReadValuesAsync(CancellationToken cancellation)
    {
        var read = await values.ReadAsync(cancellation);
        valuesFault = null;
        if (ReferenceEquals(read, current.Settings))
        {
            return;
        }

        current = new ConfigurationValues(read);
        profiles.Apply([.. read.Where(s => s.Key.StartsWith(ProfilePrefix, StringComparison.Ordinal)).Select(ToProfile)]);
    }

    private void FailValues(string fault)
    {
        if (fault != valuesFault)
        {
            Log.ValuesKept(logger, fault);
        }

        valuesFault = fault;
    }

    private static ProfileSource ToProfile(ConfigurationSetting setting) => new(setting.Key[ProfilePrefix.Length..], Encoding.UTF8.GetBytes(setting.Value ?? ""));

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Profiles and plans in Azure App Configuration cannot be read; those in force stay: {Fault}")]
        public static partial void ValuesKept(ILogger logger, string fault);
    }
}
