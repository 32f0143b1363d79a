using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Vivace.Api.Rollouts.Measuring;
using Vivace.Api.Rollouts.Steering;
using Vivace.Runtime.Telemetry;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;

namespace Vivace.Api.Tests.Rollouts;

/// <summary>Rows that another version of the program has written: what cannot be read holds a rollout, and never keeps it from being ended.</summary>
public sealed class OtherVersionTests
{
    /// <summary>A plan of a version that knows one member more, by which it has made its hash.</summary>
    private const string Member = "UPDATE rollouts SET plan = json_set(plan, '$.warmUp', '00:10:00'), status = json_set(status, '$.planHash', 'of-another-version')";

    /// <summary>A plan with a guard that is not known here.</summary>
    private const string Guard = "UPDATE rollouts SET plan = json_set(plan, '$.guards[0].kind', 'politeness'), status = json_set(status, '$.planHash', 'of-another-version')";

    private const string Unit = "UPDATE rollout_units SET row = json_set(row, '$.turns[0].arm', 'shadow'), changed = (SELECT MAX(changed) + 1 FROM rollout_units) WHERE unit = (SELECT MIN(unit) FROM rollout_units)";

    private const string Instance = "INSERT INTO rollout_instances SELECT rollout, 'another', json_remove(row, '$.mismatches.room') FROM rollout_instances LIMIT 1";

    [Theory]
    [InlineData(Member, "warmUp", "true")]
    [InlineData(Guard, "politeness", "false")]
    [Trait("Category", "InProcess")]
    public async Task A_plan_that_is_not_read_whole_holds_the_rollout_and_lets_it_be_paused_and_aborted(string edit, string named, string contract)
    {
        await using var deployment = await StartedAsync("plan-1");
        RolloutTables.Execute(deployment, edit);
        var seen = await deployment.SeeAsync();
        Assert.Equal((200, "running", "error"), (seen.Status, seen["status.state"], seen["verdict"]));
        Assert.Contains("another version", seen["fault"], StringComparison.Ordinal);
        await RoundsAsync(deployment);
        Assert.Equal(seen["head.sequence"], (await deployment.SeeAsync())["head.sequence"]);
        Assert.All(await Task.WhenAll(new[] { "start", "promote", "resume" }.Select(m => deployment.MoveAsync(m, """{"reason":"why not"}"""))), refused =>
        {
            Assert.Equal((409, "/problems/rollout-refused"), (refused.Status, refused["type"]));
            Assert.Contains("another version", refused["detail"], StringComparison.Ordinal);
        });
        Assert.Equal("paused", (await deployment.MoveAsync("pause"))["status.state"]);
        var ended = await deployment.MoveAsync("abort");
        Assert.Null(ended["fault"]);
        Assert.Equal((200, "aborted"), (ended.Status, ended["status.state"]));
        ended = await deployment.SeeAsync(a => a["status.flagConfirmed"] == "true");
        Assert.Equal((contract, "false"), (ended["flag.contractEnabled"], ended["flag.runtimeEnabled"]));
        Assert.Contains(named, RolloutTables.Rows(deployment, "SELECT plan FROM rollouts").Single(), StringComparison.Ordinal);
        Assert.Null((await deployment.ReplayAsync()).Report.Fault);
        await RolloutTables.StopsCleanlyAsync(deployment);
    }

    [Fact]
    public async Task What_has_ended_under_a_plan_of_another_version_makes_room_for_a_new_one()
    {
        await using var deployment = await StartedAsync("room-1");
        RolloutTables.Execute(deployment, Member);
        Assert.Equal(200, (await deployment.MoveAsync("abort")).Status);
        var started = await deployment.RollAsync(Plans.Patient("room-2"));
        Assert.Equal(("running", "room-2", null), (started["status.state"], started["plan.id"], started["fault"]));
        Assert.DoesNotContain("warmUp", RolloutTables.Rows(deployment, "SELECT plan FROM rollouts").Single(), StringComparison.Ordinal);
        Assert.Null((await deployment.ReplayAsync()).Report.Fault);
    }

    [Fact]
    [Trait("Category", "InProcess")]
    public async Task A_plan_of_another_version_moves_nothing_on_even_where_its_hash_fits()
    {
        await using var deployment = await RolloutDeployment.StartAsync();
        await deployment.RollAsync(Plans.Quick("hash-1", 50, 100));
        await deployment.SeeAsync(a => a["status.flagConfirmed"] == "true");
        RolloutTables.Execute(deployment, "UPDATE rollouts SET plan = json_set(plan, '$.warmUp', json('null'))");
        var users = 0;
        await Eventually.GetAsync(
            async () =>
            {
                await deployment.SayAllAsync(8, from: users += 8);
                return await deployment.SeeAsync();
            },
            a => a["verdict"] == "pass",
            TimeSpan.FromSeconds(90));
        await RoundsAsync(deployment);
        var seen = await deployment.SeeAsync();
        Assert.Equal(("running", "0", "50"), (seen["status.state"], seen["status.step"], seen["flag.percent"]));
    }

    [Fact]
    public async Task The_guards_go_on_by_what_can_be_read_of_a_plan()
    {
        await using var deployment = await StartedAsync("guards-1");
        RolloutTables.Execute(deployment, Member);
        deployment.IsBroken = true;
        await deployment.SayAllAsync(40);
        var ended = await deployment.SeeAsync(a => a["status.state"] == "rolled-back" && a["status.flagConfirmed"] == "true");
        Assert.Equal(("failure", "false"), (ended["status.reason"], ended["flag.runtimeEnabled"]));
        Assert.Null((await deployment.ReplayAsync()).Report.Fault);
    }

    [Theory]
    [InlineData(Member)]
    [InlineData(Guard)]
    [InlineData(Unit)]
    [InlineData(Instance)]
    [Trait("Category", "InProcess")]
    public async Task A_mismatch_rolls_back_whatever_else_cannot_be_read(string edit)
    {
        await using var deployment = await StartedAsync("mismatch-1");
        RolloutTables.Execute(deployment, edit);
        var seen = await deployment.SeeAsync();
        Assert.Equal((200, "running", "error"), (seen.Status, seen["status.state"], seen["verdict"]));
        deployment.Host.Services.GetRequiredService<VivaceMetrics>().Mismatch(MismatchKind.Room, null);
        var ended = await deployment.SeeAsync(a => a["status.state"] == "rolled-back" && a["status.flagConfirmed"] == "true");
        Assert.Equal(("mismatch", "false"), (ended["status.reason"], ended["flag.runtimeEnabled"]));
        var (report, entries) = await deployment.ReplayAsync();
        Assert.Null(report.Fault);
        Assert.Equal("1", entries[^1].At("record.inputs.measurements.mismatches.room"));
    }

    [Fact]
    public async Task Rates_that_cannot_be_read_hold_a_rollout_that_can_still_be_aborted()
    {
        const string rates = """{"at":"2026-01-01T00:00:00+00:00","rates":[{"kind":"politeness","control":{"hits":0,"seen":0},"ratio":1}]}""";
        await using var deployment = await StartedAsync("rates-1");
        RolloutTables.Execute(deployment, Guard);
        RolloutTables.Execute(deployment, $"UPDATE rollouts SET status = json_set(status, '$.frozen', json('{rates}'))");
        Assert.Equal((200, "error"), ((await deployment.SeeAsync()).Status, (await deployment.SeeAsync())["verdict"]));
        Assert.All(await Task.WhenAll(new[] { "start", "promote", "pause", "resume" }.Select(m => deployment.MoveAsync(m))), refused => Assert.Equal(409, refused.Status));
        Assert.Contains("politeness", RolloutTables.Rows(deployment, "SELECT status FROM rollouts").Single(), StringComparison.Ordinal);
        Assert.Equal("aborted", (await deployment.MoveAsync("abort"))["status.state"]);
        var ended = await deployment.SeeAsync(a => a["status.flagConfirmed"] == "true");
        Assert.Equal("false", ended["flag.runtimeEnabled"]);
        Assert.Null((await deployment.ReplayAsync()).Report.Fault);
    }

    [Fact]
    [Trait("Category", "InProcess")]
    public async Task What_is_measured_under_a_plan_that_cannot_be_read_waits_for_it()
    {
        await using var deployment = await StartedAsync("waits-1");
        var whole = RolloutTables.Rows(deployment, "SELECT plan FROM rollouts").Single();
        RolloutTables.Execute(deployment, Guard);
        await deployment.SayAllAsync(10, from: 100);
        await RoundsAsync(deployment);
        Assert.Equal(10, RolloutTables.Number(deployment, "SELECT COUNT(*) FROM rollout_units"));
        RolloutTables.Execute(deployment, $"UPDATE rollouts SET plan = '{whole}'");
        await deployment.SeeAsync(a => MeasuringTests.Sum(a) == 20);
    }

    [Theory]
    [InlineData("json_set(status, '$.state', 'draining')")]
    [InlineData("json_remove(status, '$.startedAt')")]
    [Trait("Category", "InProcess")]
    public async Task A_status_that_cannot_be_read_is_answered_with_what_to_do_and_nothing_that_was_measured_is_lost(string edit)
    {
        using var log = new LogCapture();
        await using var deployment = await StartedAsync("status-1", log);
        var whole = RolloutTables.Rows(deployment, "SELECT status FROM rollouts").Single();
        RolloutTables.Execute(deployment, $"UPDATE rollouts SET status = {edit}");
        foreach (var answer in new[] { await deployment.SeeAsync() }.Concat(await Task.WhenAll(new[] { "start", "promote", "pause", "resume", "abort" }.Select(m => deployment.MoveAsync(m)))))
        {
            Assert.Equal((409, "/problems/rollout-refused"), (answer.Status, answer["type"]));
            Assert.Contains("another version", answer["detail"], StringComparison.Ordinal);
            Assert.Contains("switch", answer["detail"], StringComparison.Ordinal);
        }

        Assert.Null((await deployment.ReplayAsync()).Report.Fault);
        await deployment.SayAllAsync(10, from: 100);
        deployment.Host.Services.GetRequiredService<VivaceMetrics>().Mismatch(MismatchKind.Path, null);
        await RoundsAsync(deployment);
        Assert.Equal(1, log.Count("written by another version"));
        Assert.Equal(0, log.Count("failed and goes on"));

        RolloutTables.Execute(deployment, $"UPDATE rollouts SET status = '{whole}'");
        var ended = await deployment.SeeAsync(a => a["status.state"] == "rolled-back");
        Assert.Equal("mismatch", ended["status.reason"]);
        Assert.Equal(20, RolloutTables.Number(deployment, "SELECT COUNT(*) FROM rollout_units"));
    }

    [Fact]
    public async Task A_process_stops_cleanly_beside_a_status_that_it_cannot_read()
    {
        await using var deployment = await StartedAsync("stop-2");
        RolloutTables.Execute(deployment, "UPDATE rollouts SET status = json_set(status, '$.state', 'draining')");
        await deployment.SayAllAsync(5, from: 100);
        await RolloutTables.StopsCleanlyAsync(deployment);
    }

    [Fact]
    public async Task A_row_of_a_unit_that_cannot_be_read_is_passed_over_and_the_others_are_written()
    {
        await using var deployment = await StartedAsync("unit-1");
        RolloutTables.Execute(deployment, Unit);
        await deployment.SayAllAsync(20);
        await Eventually.GetAsync(() => Task.FromResult(RolloutTables.Number(deployment, "SELECT COUNT(*) FROM rollout_units")), n => n == 20);
        var seen = await deployment.SeeAsync();
        Assert.Equal((200, "error", "1"), (seen.Status, seen["verdict"], seen["measurements.unread"]));
        Assert.Single(RolloutTables.Rows(deployment, "SELECT row FROM rollout_units WHERE row LIKE '%shadow%'"));

        RolloutTables.Execute(deployment, "UPDATE rollout_units SET row = replace(row, 'shadow', 'fast'), changed = (SELECT MAX(changed) + 1 FROM rollout_units) WHERE row LIKE '%shadow%'");
        await deployment.SeeAsync(a => a["verdict"] == "inconclusive" && a["measurements.unread"] is null);
        RolloutTables.Execute(deployment, Unit);
        Assert.Equal("aborted", (await deployment.MoveAsync("abort"))["status.state"]);
        Assert.Null((await deployment.ReplayAsync()).Report.Fault);
        await deployment.SayAllAsync(10);
        await RolloutTables.StopsCleanlyAsync(deployment);
    }

    [Fact]
    public async Task A_probe_that_cannot_be_read_counts_as_none()
    {
        await using var deployment = await RolloutDeployment.StartAsync();
        RolloutTables.Execute(deployment, """INSERT INTO rollout_probes (name, probe) VALUES ('fast-mode', '{"when":"today"}')""");
        Assert.Equal(200, (await deployment.SeeAsync()).Status);
        var refused = await deployment.MoveAsync("start", new JsonObject { ["plan"] = Plans.Patient("probe-1") }.ToJsonString());
        Assert.Contains("No probe", refused["detail"], StringComparison.Ordinal);
    }

    /// <summary>Rounds of judging and writing, more than one, as the loops make them.</summary>
    private static async Task RoundsAsync(RolloutDeployment deployment)
    {
        for (var round = 0; round < 3; round++)
        {
            await deployment.Host.Services.GetRequiredService<RolloutRecorder>().FlushAsync(CancellationToken.None);
            await deployment.Host.Services.GetRequiredService<RolloutController>().RunAsync(CancellationToken.None);
        }
    }

    private static async Task<RolloutDeployment> StartedAsync(string id, ILoggerProvider? log = null)
    {
        var deployment = await RolloutDeployment.StartAsync(new VivaceSetup { Configure = log is null ? null : services => services.AddSingleton(log) });
        var plan = Plans.Patient(id);
        plan["coolDown"] = "00:00:00";
        await deployment.RollAsync(plan);
        await Eventually.GetAsync(() => deployment.SayAsync(0), a => a["processing.arm"] is not "none");
        await deployment.SayAllAsync(10);
        await deployment.SeeAsync(a => a["status.flagConfirmed"] == "true" && MeasuringTests.Sum(a) == 10);
        return deployment;
    }
}
