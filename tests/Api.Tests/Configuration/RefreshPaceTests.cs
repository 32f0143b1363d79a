using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Vivace.Api.Configuration;
using Vivace.Api.Profiles;
using Vivace.Api.Settings;
using Vivace.Testing.AppConfiguration;
using Vivace.Testing.Hosting;

namespace Vivace.Api.Tests.Configuration;

/// <summary>When the store is asked, by a clock that the test turns.</summary>
[Trait("Category", "InProcess")]
public sealed class RefreshPaceTests : IAsyncLifetime
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 23, 20, 0, 0, TimeSpan.Zero));
    private readonly LogCapture log = new();
    private AppConfigurationStandIn store = null!;
    private LoggerFactory loggers = null!;
    private VivaceHost host = null!;
    private ConfigurationRefresh refresh = null!;

    public async Task InitializeAsync()
    {
        store = await Store.StartAsync(time);
        host = await VivaceHost.StartAsync();
        loggers = new LoggerFactory([log]);
        var settings = new AppConfigurationSettings { ConnectionString = store.ConnectionString };
        refresh = new ConfigurationRefresh(
            ConfigurationClients.Create(settings, time), settings, host.Services.GetRequiredService<LiveProfiles>(), time, new Random(1), loggers.CreateLogger<ConfigurationRefresh>());
        await refresh.StartAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await refresh.StopAsync(CancellationToken.None);
        refresh.Dispose();
        loggers.Dispose();
        await host.DisposeAsync();
        await store.DisposeAsync();
    }

    [Fact]
    public async Task A_start_has_the_flags_and_the_next_look_comes_after_eight_to_ten_seconds()
    {
        Assert.Equal(2, store.Requests.Count);
        var first = refresh.Current.Version;
        store.Roll(50);
        Assert.True(await UntilAskedAsync() >= TimeSpan.FromSeconds(8));
        await Eventually.TrueAsync(() => refresh.Current.Version != first);
    }

    [Fact]
    public async Task A_store_that_asks_to_be_left_alone_is_left_alone()
    {
        store.Fault = StandInFault.Throttled(30_000);
        await UntilAskedAsync();

        // Were the clock turned before the answer has come, the request would be given up.
        await Eventually.TrueAsync(() => log.Count("The store answered 429.") > 0);
        Assert.True(await UntilAskedAsync() >= TimeSpan.FromSeconds(38));
    }

    [Fact]
    public async Task Past_the_maximum_age_all_is_off_although_nothing_was_asked_since()
    {
        Assert.NotEqual("expired", refresh.Current.Version);
        store.Fault = StandInFault.Stalls;
        time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("expired", refresh.Current.Version);
        Assert.False((await refresh.Current.DecideAsync("u", [], default)).RuntimeOn);
    }

    /// <summary>Turns the clock until the next request, and tells by how much.</summary>
    private async Task<TimeSpan> UntilAskedAsync()
    {
        var (asked, started) = (store.Requests.Count, time.GetUtcNow());
        await Eventually.TrueAsync(() =>
        {
            if (store.Requests.Count > asked)
            {
                return true;
            }

            time.Advance(TimeSpan.FromMilliseconds(500));
            return false;
        });
        return time.GetUtcNow() - started;
    }
}
