using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Vivace.Api.Hosting;
using Vivace.Rollouts.Flags;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;

namespace Vivace.Api.Tests.Flags;

public sealed class FlagFileTests
{
    /// <summary>What operators are promised is that a change takes effect within two seconds; only on a busy machine, or in a test that fails, does it take so long.</summary>
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task A_first_start_writes_a_file_with_everything_on()
    {
        await using var host = await VivaceHost.StartAsync();
        var flags = JsonNode.Parse(await File.ReadAllTextAsync(PathOf(host)))!["feature_management"]!["feature_flags"]!.AsArray();
        Assert.Equal(4, flags.Count);
        Assert.All(flags, f => Assert.True((bool)f!["enabled"]!));
    }

    [Fact]
    public async Task A_first_start_that_fails_for_its_settings_is_a_first_start_again()
    {
        using var folder = new TemporaryFolder();
        string[] settings = [$"--Storage:Path={folder.Path}", "--Urls=http://127.0.0.1:0", "--ServiceBus:Embedded:Port=0"];
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var failing = VivaceApp.Create([.. settings, "--Processing:FastProfile=nope"]);
            await failing.StartAsync();
        });

        await using var app = VivaceApp.Create(settings);
        await app.StartAsync();
        var says = await app.Services.GetRequiredService<IFlagSource>().Current.DecideAsync("somebody", [], CancellationToken.None);
        Assert.True(says is { ContractOn: true, RuntimeOn: true });
        await app.StopAsync();
    }

    [Fact]
    public async Task The_contract_flag_off_is_told_to_the_sender_and_stored_nowhere()
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = await host.Client.ConverseAsync();
        host.Write("flags.json", Flags(contract: false));
        var reply = await SaysAsync(conversation, "contract-flag-off");
        Assert.Equal(("contract-flag", "fast", "default", "none"), Verdict(reply));
        var turn = await conversation.TurnAsync(reply["turnId"]);
        Assert.Equal(("default", null), (turn["processing.requested.mode"], turn["processing.reason"]));
        Assert.Equal("false", (await host.Client.GetAsync("/api/capabilities"))["processingAccepted"]);
    }

    [Fact]
    public async Task The_runtime_flag_off_serves_default_and_on_again_serves_fast()
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = await host.Client.ConverseAsync();
        host.Write("flags.json", Flags(runtime: false));
        var off = await SaysAsync(conversation, "runtime-flag-off");
        Assert.Equal(("runtime-flag", "fast", "default", "none"), Verdict(off));
        Assert.Equal("fast", (await conversation.TurnAsync(off["turnId"]))["processing.requested.mode"]);

        host.Write("flags.json", Flags());
        var on = await SaysAsync(conversation, null);
        Assert.Equal(("message", "fast", "fast", "fast"), Verdict(on));
        Assert.NotEqual(off["processing.flagVersion"], on["processing.flagVersion"]);
    }

    [Theory]
    [InlineData("control", "control-arm", "control")]
    [InlineData("neither", "not-in-rollout", "none")]
    public async Task A_unit_outside_the_fast_arm_is_served_default(string variant, string reason, string arm)
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = await host.Client.ConverseAsync();
        host.Write("flags.json", Flags(variant: variant));
        var reply = await SaysAsync(conversation, reason);
        Assert.Equal(("rollout-arm", "fast", "default", arm), Verdict(reply));
        var plain = await conversation.SayAsync("Hi");
        Assert.Equal((arm, null), (plain["processing.arm"], plain["processing.reason"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"feature_management\":{\"feature_flags\":[{\"id\":\"fast-mode-contract\",\"ena")]
    [InlineData("{\"feature_management\":null}")]
    [InlineData("{\"feature_management\":{\"feature_flags\":[null]}}")]
    [InlineData("{\"feature_management\":{\"feature_flags\":[{\"id\":\"a\",\"enabled\":true},{\"id\":\"a\",\"enabled\":true}]}}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"feature_management\":{\"feature_flags\":[{\"id\":\"a\",\"enabled\":true,\"allocation\":{\"percentile\":[null]}}]}}")]
    public async Task A_file_that_stays_unreadable_past_the_maximum_age_means_all_off(string content)
    {
        await using var host = await VivaceHost.StartAsync("Flags:MaxAgeSeconds=1");
        var conversation = await host.Client.ConverseAsync();
        host.Write("flags.json", content);
        var reply = await SaysAsync(conversation, "contract-flag-off", Promised + TimeSpan.FromSeconds(1));
        Assert.Equal(("contract-flag", "fast", "default", "none"), Verdict(reply));
        Assert.Equal("expired", reply["processing.flagVersion"]);

        host.Write("flags.json", Flags());
        Assert.Equal(("message", "fast", "fast", "fast"), Verdict(await SaysAsync(conversation, null)));
    }

    [Fact]
    public async Task A_file_that_was_deleted_means_all_off()
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = await host.Client.ConverseAsync();
        File.Delete(PathOf(host));
        Assert.Equal(("contract-flag", "fast", "default", "none"), Verdict(await SaysAsync(conversation, "contract-flag-off")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"feature_management\":{\"feature_flags\":[{\"id\":\"fast-mode-contract\",\"ena")]
    public void A_half_written_file_switches_nothing(string content)
    {
        using var file = new FlagFileInTest(Flags());
        var version = file.Flags.Current.Version;
        file.Write(content);
        file.Flags.Refresh();
        file.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(version, file.Flags.Current.Version);
        file.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("expired", file.Flags.Current.Version);
        file.Write(Flags());
        file.Flags.Refresh();
        Assert.Equal(version, file.Flags.Current.Version);
    }

    [Fact]
    public void A_gap_between_deleting_and_writing_switches_nothing()
    {
        using var file = new FlagFileInTest(Flags());
        var version = file.Flags.Current.Version;
        file.Delete();
        file.Flags.Refresh();
        Assert.Equal(version, file.Flags.Current.Version);
        file.Flags.Refresh();
        Assert.Equal("none", file.Flags.Current.Version);
    }

    [Fact]
    public async Task Readers_see_only_whole_files_while_a_writer_renames_new_ones_into_place()
    {
        using var file = new FlagFileInTest(Flags());
        var store = file.Store();
        var versions = new HashSet<string>();
        for (var i = 0; i < 100; i++)
        {
            var stored = await store.ReadAsync(FlagNames.Contract, default);
            var written = await store.WriteAsync(FlagNames.Contract, RuntimeFlag.Switch(FlagNames.Contract, stored!.Json, i % 2 == 0), stored.ETag, default);
            Assert.Equal(FlagWriteStatus.Done, written.Status);
            versions.Add(file.Flags.Current.Version);
        }

        Assert.Equal(2, versions.Count);
        Assert.DoesNotContain("none", versions);
    }

    [Theory]
    [InlineData("\"percentile\": [{ \"variant\": \"no-such\", \"from\": 0, \"to\": 100 }]")]
    [InlineData("\"percentile\": [{ \"variant\": \"fast\", \"from\": 90, \"to\": 10 }]")]
    [InlineData("\"percentile\": [{ \"variant\": \"fast\", \"from\": -5, \"to\": 500 }]")]
    [InlineData("\"percentile\": []")]
    [InlineData("\"user\": [{ \"variant\": \"no-such\", \"users\": [\"local\"] }]")]
    [InlineData("\"default_when_enabled\": \"no-such\"")]
    public async Task An_odd_allocation_never_fails_a_message(string allocation)
    {
        var flags = Flags().Replace("\"percentile\": [{ \"variant\": \"fast\", \"from\": 0, \"to\": 100 }]", allocation, StringComparison.Ordinal);
        await using var host = await VivaceHost.StartAsync(new VivaceSetup { Files = new Dictionary<string, string> { ["flags.json"] = flags } });
        var reply = await (await host.Client.ConverseAsync()).SayAsync("Hi", Said.Fast);
        Assert.Equal(200, reply.Status);
        Assert.Equal(reply["processing.arm"], reply["processing.effective.mode"] is "fast" ? "fast" : "none");
    }

    private static string PathOf(VivaceHost host) => Path.Combine(host.Folder, "flags.json");

    /// <summary>Says something in fast mode until the reply gives this reason.</summary>
    private static Task<Answer> SaysAsync(Conversation conversation, string? reason, TimeSpan? within = null)
        => Eventually.GetAsync(() => conversation.SayAsync("Hi", Said.Fast), reply => reply["processing.reason"] == reason, within ?? Promised);

    private static (string?, string?, string?, string?) Verdict(Answer reply)
        => (reply["processing.decidedBy"], reply["processing.requested.mode"], reply["processing.effective.mode"], reply["processing.arm"]);

    private static string Flags(bool contract = true, bool runtime = true, string variant = "fast") => $$"""
        {
          "feature_management": {
            "feature_flags": [
              { "id": "fast-mode-contract", "enabled": {{(contract ? "true" : "false")}} },
              {
                "id": "fast-mode-runtime",
                "enabled": {{(runtime ? "true" : "false")}},
                "variants": [{ "name": "fast" }, { "name": "control" }, { "name": "neither" }],
                "allocation": { "seed": "s", "percentile": [{ "variant": "{{variant}}", "from": 0, "to": 100 }] }
              }
            ]
          }
        }
        """;
}
