using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Vivace.Api.Tests.Auth;
using Vivace.Rollouts.Flags;
using Vivace.Testing.AppConfiguration;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;

namespace Vivace.Api.Tests.Configuration;

/// <summary>Flags from a configuration store, through the running application: what it does when the store fails, and that default mode never notices.</summary>
public sealed class ConfigurationTests
{
    /// <summary>A change is seen within a second, which <see cref="RefreshPaceTests"/> holds; only on a busy machine, or in a test that fails, does it take so long.</summary>
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(15);

    /// <summary>The maximum age, one look that waits for its answer in vain, and a busy machine.</summary>
    private static readonly TimeSpan Aged = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Flags_are_there_from_the_first_message_and_a_change_is_seen_within_the_interval()
    {
        await using var store = await Store.StartAsync();
        await using var host = await VivaceHost.StartAsync(store.Settings());
        var conversation = await host.Client.ConverseAsync();
        var first = await conversation.SayAsync("Hi", Said.Fast);
        Assert.Equal(("fast", "fast"), (first["processing.effective.mode"], first["processing.arm"]));
        Assert.False(File.Exists(Path.Combine(host.Folder, "flags.json")));

        store.Roll(100, enabled: false);
        var off = await SaysAsync(conversation, "runtime-flag-off", Promised);
        Assert.NotEqual(first["processing.flagVersion"], off["processing.flagVersion"]);
        store.Roll(0);
        await SaysAsync(conversation, "not-in-rollout", Promised);
        store.Roll(100);
        Assert.Equal(first["processing.flagVersion"], (await SaysAsync(conversation, null, Promised))["processing.flagVersion"]);
        Assert.Equal("true", (await host.Client.GetAsync("/api/capabilities"))["showModeSwitch"]);
        store.Switch(FlagNames.Ui, false);
        await Eventually.GetAsync(() => host.Client.GetAsync("/api/capabilities"), a => a["showModeSwitch"] == "false", Promised);
    }

    [Fact]
    public async Task While_nothing_changes_a_look_costs_304s()
    {
        await using var store = await Store.StartAsync();
        await using var host = await VivaceHost.StartAsync(store.Settings());
        await Eventually.TrueAsync(() => store.Requests.Count(r => r.Status != 0) >= 6);
        Assert.Equal([200, 200, 304, 304, 304, 304], store.Requests.Take(6).Select(r => r.Status));
    }

    public static TheoryData<string, StandInFault?> Faults() => new()
    {
        { "down", StandInFault.Down },
        { "slow", StandInFault.Stalls },
        { "throttling", StandInFault.Throttled(100) },
        { "unavailable", StandInFault.Unavailable(100) },
        { "corrupt", StandInFault.Corrupt },
        { "a flag that is no flag", null },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_store_that_fails_leaves_its_last_word_in_force_up_to_the_maximum_age_and_is_listened_to_again(string name, StandInFault? fault)
    {
        await using var store = await Store.StartAsync();
        await using var host = await VivaceHost.StartAsync(store.Settings());
        var conversation = await host.Client.ConverseAsync();
        var before = await conversation.SayAsync("Hi", Said.Fast);

        // A look that has begun without the fault must have ended before there is something new to read.
        store.Fault = fault;
        await LookAsync(store);

        // The word it no longer gets across: everything off.
        store.PutFlag(FlagNames.Runtime, fault is null ? "{ no flag" : RuntimeFlag.Write(null, new RolloutAllocation { Seed = "r", Percent = 100, Enabled = false }));
        if (fault != StandInFault.Stalls)
        {
            await LookAsync(store);
        }

        var kept = await conversation.SayAsync("Hi", Said.Fast);
        Assert.Equal(("fast", before["processing.flagVersion"]), (kept["processing.effective.mode"], kept["processing.flagVersion"]));
        await AssertDefaultAsync(conversation);

        var expired = await SaysAsync(conversation, "contract-flag-off", Aged);
        Assert.Equal(("default", "expired"), (expired["processing.effective.mode"], expired["processing.flagVersion"]));
        await AssertDefaultAsync(conversation);

        store.Fault = null;
        store.Roll(100);
        Assert.Equal(before["processing.flagVersion"], (await SaysAsync(conversation, null, Aged))["processing.flagVersion"]);
        Assert.NotEmpty(name);
    }

    [Fact]
    [Trait("Category", "InProcess")]
    public async Task Without_the_store_it_starts_with_fast_mode_off_says_so_and_recovers_by_itself()
    {
        await using var store = await Store.StartAsync();
        store.Fault = StandInFault.Down;
        using var log = new LogCapture();
        await using var host = await VivaceHost.StartAsync(new VivaceSetup { Settings = [.. store.Settings(), "Logging:LogLevel:Default=Information"], Configure = services => services.AddSingleton<ILoggerProvider>(log) });
        var conversation = await host.Client.ConverseAsync();
        Assert.Equal(("default", "contract-flag-off"), Served(await conversation.SayAsync("Hi", Said.Fast)));
        await AssertDefaultAsync(conversation);
        Assert.Contains(log.Entries, e => e.Level == LogLevel.Warning && e.Text.Contains("all are off", StringComparison.Ordinal));
        store.Fault = null;
        await SaysAsync(conversation, null, Aged);
        await Eventually.TrueAsync(() => log.Count("can be read again") == 1);
    }

    [Fact]
    public async Task An_older_state_that_is_served_again_switches_nothing_on_until_it_has_lasted_for_the_maximum_age()
    {
        await using var store = await Store.StartAsync();
        await using var host = await VivaceHost.StartAsync(store.Settings());
        var conversation = await host.Client.ConverseAsync();
        await SaysAsync(conversation, null, Promised);
        var older = store.State;
        store.Roll(100, enabled: false);
        await SaysAsync(conversation, "runtime-flag-off", Promised);

        store.ServeOlder(older);
        await LookAsync(store, 2);
        Assert.Equal(("default", "runtime-flag-off"), Served(await conversation.SayAsync("Hi", Said.Fast)));
        await AssertDefaultAsync(conversation);
        await SaysAsync(conversation, null, Aged);
    }

    [Fact]
    [Trait("Category", "InProcess")]
    public async Task A_flag_that_is_on_without_its_predecessor_is_warned_of_once_a_change()
    {
        await using var store = await Store.StartAsync();
        using var log = new LogCapture();
        await using var host = await VivaceHost.StartAsync(new VivaceSetup { Settings = [.. store.Settings(), "Logging:LogLevel:Default=Information"], Configure = services => services.AddSingleton<ILoggerProvider>(log) });
        Assert.Equal(0, log.Count("presuppose"));
        store.Switch(FlagNames.Contract, false);
        await Eventually.TrueAsync(() => log.Count("presuppose") > 0);
        var asked = store.Requests.Count;
        await Eventually.TrueAsync(() => store.Requests.Count >= asked + 4);
        var said = Assert.Single(log.Entries, e => e.Text.Contains("presuppose", StringComparison.Ordinal));
        Assert.Equal(LogLevel.Warning, said.Level);
        Assert.Contains("fast-mode-runtime, fast-mode-ui", said.Text, StringComparison.Ordinal);
        Assert.Equal("false", (await host.Client.GetAsync("/api/capabilities"))["showModeSwitch"]);
    }

    [Fact]
    public async Task The_internal_cohort_is_served_fast_by_its_group_and_told_from_the_percentiles()
    {
        await using var store = await Store.StartAsync();
        store.Roll(0);
        string[] keys = Keys.Settings(("staff", "ks", "user"), ("web", "kw", "user"));
        await using var host = await VivaceHost.StartAsync([.. keys, "Auth:ApiKeys:0:Groups:0=staff", .. store.Settings()]);
        var named = await (await host.WithKey("ks").ConverseAsync()).SayAsync("Hi", Said.Fast);
        Assert.Equal(("fast", "fast", "true"), (named["processing.effective.mode"], named["processing.arm"], named["processing.cohort"]));
        var other = await (await host.WithKey("kw").ConverseAsync()).SayAsync("Hi", Said.Fast);
        Assert.Equal(("default", "none", null), (other["processing.effective.mode"], other["processing.arm"], other["processing.cohort"]));
        store.Roll(100);
        var web = await host.WithKey("kw").ConverseAsync();
        Assert.Null((await SaysAsync(web, null, Promised))["processing.cohort"]);
        var stored = await host.WithKey("ks").GetAsync($"/api/turns/{named["turnId"]}");
        Assert.Equal("true", stored["processing.cohort"]);
    }

    [Theory]
    [InlineData("AppConfiguration:ConnectionString=nonsense", "ConnectionString")]
    [InlineData("AppConfiguration:Endpoint=http://a.azconfig.io", "https")]
    [InlineData("AppConfiguration:RefreshSeconds=0", "RefreshSeconds must be between 1 and 3600")]
    [InlineData("AppConfiguration:MaxAgeSeconds=5", "MaxAgeSeconds must be above")]
    [InlineData("AppConfiguration:ApiVersion=a b", "ApiVersion")]
    public async Task Settings_that_make_no_sense_stop_the_start_by_name(string setting, string told)
    {
        using var folder = new TemporaryFolder();
        await using var process = VivaceProcess.Start(folder.Path, new Dictionary<string, string>(), "--urls", "http://127.0.0.1:0", "--" + setting);
        Assert.NotEqual(0, await process.ExitAsync());
        Assert.Contains(told, process.Errors, StringComparison.Ordinal);
    }

    /// <summary>Waits for further requests for the flags.</summary>
    private static async Task LookAsync(AppConfigurationStandIn store, int times = 1)
    {
        int Looks() => store.Requests.Count(r => r.Target.Contains("featureflag", StringComparison.Ordinal));
        var before = Looks();
        await Eventually.TrueAsync(() => Looks() >= before + times);
    }

    private static async Task AssertDefaultAsync(Conversation conversation)
    {
        var plain = await conversation.SayAsync("Hi");
        Assert.Equal((200, "default", null), (plain.Status, plain["processing.effective.mode"], plain["processing.reason"]));
    }

    private static (string?, string?) Served(Answer reply) => (reply["processing.effective.mode"], reply["processing.reason"]);

    private static Task<Answer> SaysAsync(Conversation conversation, string? reason, TimeSpan within)
        => Eventually.GetAsync(() => conversation.SayAsync("Hi", Said.Fast), reply => reply["processing.reason"] == reason, within);
}
