using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Vivace.Api.Profiles;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;

namespace Vivace.Api.Tests.Configuration;

/// <summary>Profiles from a configuration store.</summary>
public sealed class ProfileTests
{
    private const string Key = "Vivace:Profiles:quick-v1";
    private const string AsQuick = """{"profile":"quick-v1"}""";

    [Fact]
    public async Task A_configured_profile_is_served_changed_and_taken_away_while_the_application_runs()
    {
        await using var store = await Store.StartAsync();
        store.Put(Key, Quick(5));
        await using var host = await VivaceHost.StartAsync(store.Settings());
        var conversation = await host.Client.ConverseAsync();
        var first = await ProfileAsync(host, p => p is not null);
        Assert.Equal(("fast", "small", "5"), (first!["mode"], first["model"], first["deadlineSeconds"]));
        Assert.Equal("quick-v1", (await conversation.SayAsync("Hi", AsQuick))["processing.effective.profile"]);

        store.Put(Key, Quick(7));
        var changed = await ProfileAsync(host, p => p?["deadlineSeconds"] == "7");
        Assert.NotEqual(first["hash"], changed!["hash"]);
        store.Delete(Key);
        Assert.Null(await ProfileAsync(host, p => p is null));
        var reply = await conversation.SayAsync("Hi", AsQuick);
        Assert.Equal("unknown-profile", reply["processing.reason"]);
    }

    [Fact]
    [Trait("Category", "InProcess")]
    public async Task A_set_with_an_error_is_refused_with_every_error_and_the_last_good_one_stays()
    {
        await using var store = await Store.StartAsync();
        store.Put(Key, Quick(5));
        using var log = new LogCapture();
        await using var host = await VivaceHost.StartAsync(new VivaceSetup { Settings = [.. store.Settings(), "Logging:LogLevel:Default=Information"], Configure = services => services.AddSingleton<ILoggerProvider>(log) });
        store.Put("Vivace:Profiles:bad-v1", """{"mode":"fast","generation":{"retries":99,"deadlineSeconds":-1}}""");
        store.Put("Vivace:Profiles:odd-v1", """{"mode":"fast","unknown":1}""");
        store.Put(Key, Quick(7));
        await Eventually.TrueAsync(() => log.Entries.Any(e => e.Level == LogLevel.Error && new[] { "retries", "deadlineSeconds", "odd-v1" }.All(w => e.Text.Contains(w, StringComparison.Ordinal))));
        Assert.Equal("5", (await ProfileAsync(host, p => p is not null))!["deadlineSeconds"]);
        Assert.Equal("quick-v1", (await (await host.Client.ConverseAsync()).SayAsync("Hi", AsQuick))["processing.effective.profile"]);

        store.Delete("Vivace:Profiles:bad-v1");
        store.Delete("Vivace:Profiles:odd-v1");
        await ProfileAsync(host, p => p?["deadlineSeconds"] == "7");
        await Eventually.TrueAsync(() => log.Count("Profile quick-v1 was edited") >= 1);
    }

    [Fact]
    public async Task A_bad_profile_at_the_start_does_not_keep_it_from_starting()
    {
        await using var store = await Store.StartAsync();
        store.Put(Key, "not json");
        await using var host = await VivaceHost.StartAsync(store.Settings());
        Assert.Equal("fast-v1", (await (await host.Client.ConverseAsync()).SayAsync("Hi", Said.Fast))["processing.effective.profile"]);
        Assert.Null(await ProfileAsync(host, p => p is null));
    }

    [Fact]
    [Trait("Category", "InProcess")]
    public async Task Overriding_a_released_name_is_possible_and_logged_with_the_effective_sets()
    {
        await using var store = await Store.StartAsync();
        using var log = new LogCapture();
        await using var host = await VivaceHost.StartAsync(new VivaceSetup { Settings = [.. store.Settings(), "Logging:LogLevel:Default=Information"], Configure = services => services.AddSingleton<ILoggerProvider>(log) });
        Assert.Equal(0, log.Count("Released profile"));
        var before = log.Count("Profile fast-v1 (");
        store.Put("Vivace:Profiles:fast-v1", Quick(9).Replace("quick-v1", "fast-v1", StringComparison.Ordinal));
        await ProfileAsync(host, p => p?["deadlineSeconds"] == "9", "fast-v1");
        await Eventually.TrueAsync(() => log.Count("Profile fast-v1 (") == before + 1);
        Assert.Equal(1, log.Count("Released profile fast-v1 is overridden"));
    }

    [Fact]
    [Trait("Category", "InProcess")]
    public async Task A_turn_that_was_accepted_before_a_change_keeps_the_profile_of_then()
    {
        await using var store = await Store.StartAsync();
        store.Put(Key, Quick(5));
        await using var host = await VivaceHost.StartAsync(store.Settings());
        var profiles = host.Services.GetRequiredService<LiveProfiles>();
        var then = DateTimeOffset.UtcNow;
        var held = profiles.Current.Find("quick-v1");
        store.Put(Key, Quick(7));
        await ProfileAsync(host, p => p?["deadlineSeconds"] == "7");
        Assert.Same(held, profiles.At(then).Find("quick-v1"));
        Assert.Equal(7, profiles.At(DateTimeOffset.UtcNow).Find("quick-v1")!.Options.Generation.DeadlineSeconds);
        Assert.Equal(7, profiles.Current.Find("quick-v1")!.Options.Generation.DeadlineSeconds);
    }

    [Fact]
    public async Task Profiles_are_listed_with_their_effective_sets_and_hashes()
    {
        await using var host = await VivaceHost.StartAsync();
        var listed = await host.Client.GetAsync("/api/profiles");
        var capabilities = await host.Client.GetAsync("/api/capabilities");
        Assert.Equal(200, listed.Status);
        Assert.Equal(capabilities.Json.GetProperty("profiles").GetRawText(), listed.Json.GetProperty("profiles").GetRawText());
        Assert.Equal(["default", "fast-v1", "voice-fast-v1"], listed.Json.GetProperty("profiles").EnumerateArray().Select(p => p.At("name")));
        Assert.All(listed.Json.GetProperty("profiles").EnumerateArray(), p => Assert.Equal(16, p.At("hash")!.Length));
    }

    private static string Quick(int deadline)
        => $$"""{"profile":"quick-v1","mode":"fast","model":{"size":"small"},"generation":{"maxModelCalls":1,"retries":0,"deadlineSeconds":{{deadline}} } }""";

    /// <summary>The profile as it is listed, once it is so.</summary>
    private static async Task<Dictionary<string, string?>?> ProfileAsync(VivaceHost host, Func<Dictionary<string, string?>?, bool> condition, string name = "quick-v1")
        => await Eventually.GetAsync(
            async () =>
            {
                var listed = await host.Client.GetAsync("/api/profiles");
                var found = listed.Json.GetProperty("profiles").EnumerateArray().Where(p => p.At("name") == name).ToArray();
                return found.Length == 0 ? null : found[0].EnumerateObject().ToDictionary(m => m.Name, m => found[0].At(m.Name));
            },
            condition);
}
