using System.Text.Json.Nodes;
using Vivace.Rollouts.Flags;
using Vivace.Testing.AppConfiguration;
using Vivace.Testing.Http;

namespace Vivace.Api.Tests.Rollouts;

/// <summary>What a person does to the flags themselves is respected and logged, and what could not be written to them is written later.</summary>
public sealed class EditTests
{
    [Fact]
    public async Task A_percent_and_a_switch_that_a_person_sets_in_the_file_stay_and_stand_in_the_audit_log()
    {
        await using var deployment = await RolloutDeployment.StartAsync();
        await deployment.RollAsync(Plans.Patient("edit-1"));
        Edit(deployment, flag => flag["allocation"]!["percentile"] = JsonNode.Parse("""[{"variant":"fast","from":0,"to":30},{"variant":"control","from":70,"to":100}]"""));
        var seen = await deployment.SeeAsync(a => a["status.state"] == "paused");
        Assert.Equal(("percent-changed-by-a-person", "30", "30"), (seen["status.reason"], seen["status.percent"], seen["flag.percent"]));
        Assert.Equal("running", (await deployment.MoveAsync("resume"))["status.state"]);
        Edit(deployment, flag => flag["enabled"] = false);
        seen = await deployment.SeeAsync(a => a["status.state"] == "paused");
        Assert.Equal(("switched-off-by-a-person", "false"), (seen["status.reason"], seen["flag.runtimeEnabled"]));
        var before = seen["head.sequence"];
        await deployment.SayAllAsync(5);
        Assert.Equal((before, "false"), ((await deployment.SeeAsync())["head.sequence"], (await deployment.SeeAsync())["flag.runtimeEnabled"]));
        var (report, entries) = await deployment.ReplayAsync();
        Assert.Null(report.Fault);
        Assert.Equal("percent-changed-by-a-person switched-off-by-a-person", string.Join(' ', entries.Select(e => e.At("record.after.reason")).Where(r => r?.EndsWith("by-a-person", StringComparison.Ordinal) is true).Distinct()));
    }

    [Fact]
    public async Task A_rollback_that_cannot_be_written_is_written_by_the_next_process_when_it_can()
    {
        await using var store = await AppConfigurationStandIn.StartAsync();
        await using var deployment = await RolloutDeployment.StartAsync(Settings(store));
        await deployment.RollAsync(Plans.Patient("locked-1"));
        await Eventually.GetAsync(() => deployment.SayAsync(0), a => a["processing.arm"] is not "none");
        store.Lock(AppConfigurationStandIn.FlagPrefix + FlagNames.Runtime);
        deployment.IsBroken = true;
        await deployment.SayAllAsync(40);
        var decided = await deployment.SeeAsync(a => a["status.state"] == "rolled-back");
        Assert.Equal(("true", "false"), (decided["flag.runtimeEnabled"], decided["status.flagConfirmed"]));
        await deployment.Host.RestartAsync();
        store.Lock(AppConfigurationStandIn.FlagPrefix + FlagNames.Runtime, locked: false);
        var written = await deployment.SeeAsync(a => a["status.flagConfirmed"] == "true");
        Assert.Equal(("rolled-back", "false", "true"), (written["status.state"], written["flag.runtimeEnabled"], written["flag.contractEnabled"]));
        Assert.Null((await deployment.ReplayAsync()).Report.Fault);
    }

    [Fact]
    public async Task A_configuration_server_that_is_away_holds_the_rollout_and_neither_ends_nor_moves_it()
    {
        await using var store = await AppConfigurationStandIn.StartAsync();
        await using var deployment = await RolloutDeployment.StartAsync(Settings(store));
        await deployment.RollAsync(Plans.Patient("away-1"));
        store.Fault = StandInFault.Down;
        var away = await deployment.SeeAsync(a => a["verdict"] == "error");
        Assert.Equal(("running", null), (away["status.state"], away["flag"]));
        Assert.Equal(200, (await deployment.SayAsync(1, Said.Default)).Status);
        store.Fault = null;
        await deployment.SeeAsync(a => a["verdict"] == "inconclusive" && a["status.state"] == "running");
    }

    private static string[] Settings(AppConfigurationStandIn store) => [$"AppConfiguration:ConnectionString={store.ConnectionString}", "AppConfiguration:RefreshSeconds=1"];

    private static void Edit(RolloutDeployment deployment, Action<JsonNode> edit)
    {
        var path = Path.Combine(deployment.Host.Folder, "flags.json");
        var file = JsonNode.Parse(File.ReadAllText(path))!;
        edit(file["feature_management"]!["feature_flags"]!.AsArray().Single(f => (string?)f!["id"] == FlagNames.Runtime)!);
        File.WriteAllText(path + ".edited", file.ToJsonString());
        File.Move(path + ".edited", path, overwrite: true);
    }
}
