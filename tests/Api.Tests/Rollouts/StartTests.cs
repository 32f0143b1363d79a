using System.Globalization;
using System.Text.Json.Nodes;
using Vivace.Api.Tests.Auth;
using Vivace.Api.Tests.BadInput;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;

namespace Vivace.Api.Tests.Rollouts;

/// <summary>A rollout starts only when somebody may, has probed, and gave a plan without faults.</summary>
public sealed class StartTests
{
    private static readonly string Unforced = new JsonObject { ["plan"] = Plans.Patient("start-1") }.ToJsonString();

    [Fact]
    public async Task A_start_is_refused_without_a_fresh_probe_that_found_nothing_in_the_profiles_of_every_process()
    {
        await using var deployment = await RolloutDeployment.StartAsync();
        var hashes = (JsonObject)JsonNode.Parse((await deployment.SeeAsync())["profileHashes"]!)!;
        Assert.NotEmpty(hashes);
        await AssertRefusedAsync(deployment, "No probe");
        await ProbeAsync(deployment, TimeSpan.FromMinutes(16), 0, hashes);
        await AssertRefusedAsync(deployment, "within the last 15 minutes");
        await ProbeAsync(deployment, TimeSpan.Zero, 1, hashes);
        await AssertRefusedAsync(deployment, "found 1 mismatches");
        var others = (JsonObject)hashes.DeepClone();
        others["default"] = "0123456789abcdef";
        await ProbeAsync(deployment, TimeSpan.Zero, 0, others);
        await AssertRefusedAsync(deployment, "other profiles");
        await ProbeAsync(deployment, TimeSpan.Zero, 0, null);
        await AssertRefusedAsync(deployment, "other profiles");

        await ProbeAsync(deployment, TimeSpan.Zero, 0, hashes);
        var started = await deployment.MoveAsync("start", Unforced);
        Assert.Equal((200, "running", "50"), (started.Status, started["status.state"], started["flag.percent"]));
        Assert.Equal(("0", "true"), (started["probe.mismatches"], started["status.flagConfirmed"]));
        var (report, entries) = await deployment.ReplayAsync();
        Assert.Null(report.Fault);
        Assert.Equal(("start", "ops", null), (entries[0].At("record.inputs.kind"), entries[0].At("record.inputs.actor"), entries[0].At("record.inputs.note")));
    }

    public static TheoryData<byte[]> NoText =>
    [
        [.. """{"reason":"\ud800"}"""u8],
        [.. """{"\ud800":1,"reason":"x"}"""u8],
        [.. """{"plan":{"id":"\ud800"}}"""u8],
        [.. "{\"reason\":\""u8, 0xCB, .. "\"}"u8],
        [.. "{\"plan\":{\"st"u8, 0xCB, .. "ps\":[]}}"u8],
        [.. "nope"u8],
    ];

    [Theory]
    [MemberData(nameof(NoText))]
    public async Task A_body_that_is_no_text_is_refused_whatever_it_asks_for(byte[] body)
    {
        await using var deployment = await RolloutDeployment.StartAsync();
        foreach (var move in (string[])["start", "promote", "pause", "resume", "abort"])
        {
            (await deployment.Operator.SendAsync(HttpMethod.Post, $"/api/rollouts/fast-mode/{move}", VivaceClient.Json(body))).AssertProblem(400);
        }
    }

    [Fact]
    public async Task A_process_with_other_profiles_keeps_a_rollout_from_starting()
    {
        await using var deployment = await RolloutDeployment.StartAsync();
        var hashes = (JsonObject)JsonNode.Parse((await deployment.SeeAsync())["profileHashes"]!)!;
        await using var other = await deployment.BesideAsync(new VivaceSetup { Settings = ["Agent:Name=Somebody"], Files = new Dictionary<string, string> { ["profiles/quick-v1.json"] = Quick } });
        await deployment.SeeAsync(a => a["instances"] == "2");
        await ProbeAsync(deployment, TimeSpan.Zero, 0, hashes);
        await AssertRefusedAsync(deployment, "every process");
        await other.Host.LeaveAsync();
        await deployment.SeeAsync(a => a["instances"] == "1");
        Assert.Equal(200, (await deployment.MoveAsync("start", Unforced)).Status);
    }

    [Fact]
    public async Task A_forced_start_says_so_in_the_audit_log_with_its_reason()
    {
        await using var deployment = await RolloutDeployment.StartAsync();
        var started = await deployment.MoveAsync("start", $$"""{"plan":{{Plans.Patient("forced-1").ToJsonString()}},"force":true,"reason":"drill"}""");
        Assert.Equal(200, started.Status);
        var (report, entries) = await deployment.ReplayAsync();
        Assert.Null(report.Fault);
        Assert.Equal(("true", "drill"), (entries[0].At("record.inputs.note.forced"), entries[0].At("record.inputs.note.reason")));
    }

    [Fact]
    public async Task Faults_of_a_plan_and_of_a_body_are_told_together()
    {
        await using var deployment = await RolloutDeployment.StartAsync();
        var plan = Plans.Quick("Not An Id", 50, 20);
        plan["alpha"] = 2;
        var refused = await deployment.MoveAsync("start", $$"""{"plan":{{plan.ToJsonString()}},"force":1,"reason":2}""");
        Assert.Equal((400, "/problems/invalid-body", 5), (refused.Status, refused["type"], refused.Json.GetProperty("errors").GetArrayLength()));
        Assert.Null((await deployment.SeeAsync())["status"]);
    }

    [Fact]
    public async Task Only_operators_see_or_steer_and_there_is_no_other_rollout()
    {
        await using var deployment = await RolloutDeployment.StartAsync();
        var user = deployment.Host.WithKey("key-of-web");
        Assert.Equal(403, (await user.GetAsync("/api/rollouts/fast-mode")).Status);
        Assert.Equal(403, (await user.PostAsync("/api/rollouts/fast-mode/abort", null)).Status);
        Assert.Equal(401, (await deployment.Host.Client.GetAsync("/api/rollouts/fast-mode/history")).Status);
        Assert.Equal(404, (await deployment.Operator.GetAsync("/api/rollouts/slow-mode")).Status);
        Assert.Equal(400, (await deployment.Operator.GetAsync("/api/rollouts/fast-mode/history?limit=501")).Status);
        Assert.Equal(409, (await deployment.MoveAsync("promote")).Status);
    }

    [Fact]
    public async Task The_demonstration_s_flags_are_no_rollout_and_stay_as_they_are_until_a_start()
    {
        await using var deployment = await RolloutDeployment.StartAsync();
        var file = Path.Combine(deployment.Host.Folder, "flags.json");
        var before = await File.ReadAllTextAsync(file);
        await deployment.SayAllAsync(10);
        var seen = await deployment.SeeAsync();
        Assert.Equal((null, "demo", "0"), (seen["status"], seen["flag.seed"], seen["head.sequence"]));
        Assert.Equal(before, await File.ReadAllTextAsync(file));
        await deployment.RollAsync(Plans.Patient("demo-1", 5));
        Assert.NotEqual(before, await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task A_plan_in_the_storage_folder_is_the_one_that_starts_and_an_edit_of_it_holds_until_somebody_resumes()
    {
        await using var deployment = await RolloutDeployment.StartAsync();
        deployment.Host.Write("rollouts/fast-mode.json", """{"id":"X"}""");
        Assert.NotEqual(0, (await deployment.SeeAsync()).Json.GetProperty("planFaults").GetArrayLength());
        Assert.Equal(409, (await deployment.MoveAsync("start", """{"force":true}""")).Status);
        deployment.Host.Write("rollouts/fast-mode.json", Plans.Patient("file-1").ToJsonString());
        Assert.Equal("file-1", (await deployment.MoveAsync("start", """{"force":true}"""))["status.rolloutId"]);
        var edited = Plans.Patient("file-1");
        edited["alpha"] = 0.01;
        deployment.Host.Write("rollouts/fast-mode.json", edited.ToJsonString());
        await deployment.SeeAsync(a => a["verdict"] == "error");
        Assert.Equal(409, (await deployment.MoveAsync("promote")).Status);
        var resumed = await deployment.MoveAsync("resume");
        Assert.Equal((200, "0.01", "inconclusive"), (resumed.Status, resumed["plan.alpha"], resumed["verdict"]));
        Assert.Null((await deployment.ReplayAsync()).Report.Fault);
    }

    private const string Quick = """{"profile":"quick-v1","mode":"fast","model":{"size":"small"},"generation":{"maxModelCalls":1,"retries":0,"deadlineSeconds":5}}""";

    private static async Task AssertRefusedAsync(RolloutDeployment deployment, string why)
    {
        var refused = await deployment.MoveAsync("start", Unforced);
        Assert.Equal((409, "/problems/rollout-refused"), (refused.Status, refused["type"]));
        Assert.Contains(why, refused["detail"], StringComparison.Ordinal);
    }

    private static async Task ProbeAsync(RolloutDeployment deployment, TimeSpan age, int mismatches, JsonObject? hashes)
    {
        var probe = new JsonObject
        {
            ["at"] = (DateTimeOffset.UtcNow - age).ToString("O", CultureInfo.InvariantCulture),
            ["turns"] = 1000,
            ["mismatches"] = mismatches,
            ["profileHashes"] = hashes?.DeepClone(),
            ["flagVersion"] = "none",
        };
        Assert.Equal(204, (await deployment.MoveAsync("probe", probe.ToJsonString())).Status);
    }
}
