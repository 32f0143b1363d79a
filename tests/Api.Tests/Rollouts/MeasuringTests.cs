using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Vivace.Api.Rollouts.Steering;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;

namespace Vivace.Api.Tests.Rollouts;

/// <summary>What is measured, of whom, and what is not.</summary>
public sealed class MeasuringTests
{
    [Fact]
    public async Task A_unit_counts_from_its_first_request_for_fast_whatever_it_asks_later()
    {
        await using var deployment = await StartedAsync("count-1");
        var fast = await deployment.OfArmAsync("fast", 30);
        var before = await deployment.SeeAsync(a => Sum(a) == 30);
        Assert.Equal($"{fast.Count}", before["measurements.units.fast"]);

        // Units that never ask for fast do not count, nor do their failures.
        await FailAsync(deployment, Said.Default, 100, 101, 102);
        // Units that have asked do, also in a turn that does not.
        await FailAsync(deployment, Said.Default, 0, 1);
        var after = await deployment.SeeAsync(a => a["measurements.guards.0.compared.seen"] == "2");
        Assert.Equal(30, Sum(after));

        // What an unknown unit did before it asked stays uncounted when it asks.
        await Task.WhenAll(deployment.SayAsync(100), deployment.SayAsync(101));
        after = await deployment.SeeAsync(a => Sum(a) == 32);
        Assert.Equal("2", after["measurements.guards.0.compared.seen"]);
    }

    [Fact]
    public async Task A_unit_of_the_fast_arm_that_is_served_default_says_nothing_of_how_fast_fast_is()
    {
        await using var deployment = await StartedAsync("served-1");
        await Eventually.GetAsync(() => deployment.SayAsync(0), a => a["processing.arm"] is not "none");
        var fast = await deployment.OfArmAsync("fast", 10);
        var before = await deployment.SeeAsync(a => Sum(a) == 10);
        Assert.Equal($"{fast.Count}", before["measurements.latency.seen"]);
        var others = await Task.WhenAll(Enumerable.Range(100, 20).Select(u => deployment.SayAsync(u, """{"mode":"fast","profile":"misspelt"}""")));
        Assert.All(others, a => Assert.Equal("default", a["processing.effective.mode"]));
        Assert.Contains(others, a => a["processing.arm"] == "fast");
        var after = await deployment.SeeAsync(a => Sum(a) == 30);
        Assert.Equal($"{fast.Count}", after["measurements.latency.seen"]);
    }

    [Fact]
    public async Task Turns_of_an_operator_s_probe_are_not_counted_and_a_user_cannot_hide_behind_its_header()
    {
        await using var deployment = await StartedAsync("probe-1");
        var probe = await deployment.Host.As("X-Api-Key", "key-of-ops", "X-Vivace-Probe", "1").ConverseAsync();
        await probe.SayAsync("Hi", Said.Fast);
        await deployment.SayAsync(3, Said.Fast, "X-Vivace-Probe", "1");
        var seen = await deployment.SeeAsync(a => Sum(a) > 0);
        Assert.Equal(1, Sum(seen));
        await (await deployment.Operator.ConverseAsync()).SayAsync("Hi", Said.Fast);
        await deployment.SeeAsync(a => Sum(a) == 2);
        Assert.Single(RolloutTables.Rows(deployment, "SELECT id FROM turns WHERE owner = 'key:ops' AND rollout IS NULL"));
    }

    [Fact]
    public async Task What_was_measured_survives_a_restart_and_a_clean_stop_writes_what_is_left()
    {
        await using var deployment = await RolloutDeployment.StartAsync("Rollouts:FlushSeconds=10", "Rollouts:ReconcileSeconds=60");
        await deployment.RollAsync(Plans.Patient("stop-1"));
        await Eventually.GetAsync(() => deployment.SayAsync(0), a => a["processing.arm"] is not "none");
        await deployment.SayAllAsync(20);
        await deployment.Host.LeaveAsync();
        Assert.Equal(20L, RolloutTables.Number(deployment, "SELECT COUNT(*) FROM rollout_units WHERE rollout = 'stop-1'"));
        await deployment.Host.StartAgainAsync();
        Assert.Equal(20, Sum(await deployment.SeeAsync()));
    }

    [Fact]
    public async Task Scores_of_both_arms_reach_the_guard_of_quality()
    {
        await using var deployment = await RolloutDeployment.StartAsync();
        var plan = Plans.Patient("quality-1");
        plan["guards"]!.AsArray().Add(System.Text.Json.Nodes.JsonNode.Parse("""{"kind":"low-quality"}"""));
        plan["quality"] = System.Text.Json.Nodes.JsonNode.Parse("""{"lowestGoodScore":100}""");
        await deployment.RollAsync(plan);
        await Eventually.GetAsync(() => deployment.SayAsync(0), a => a["processing.arm"] is not "none");
        var fast = await deployment.OfArmAsync("fast", 12);
        var judged = await deployment.SeeAsync(a => a["measurements.guards.2.compared.seen"] == "12", TimeSpan.FromSeconds(40));
        Assert.Equal($"{fast.Count}", judged["measurements.guards.2.compared.hits"]);
        Assert.NotNull(judged["measurements.judgedUntil"]);
    }

    [Fact]
    [Trait("Category", "InProcess")]
    public async Task No_user_s_id_and_no_key_stands_in_a_row_a_line_of_the_log_or_an_audit_entry()
    {
        using var log = new LogCapture();
        await using var deployment = await RolloutDeployment.StartAsync(new VivaceSetup
        {
            Settings = ["Logging:LogLevel:Default=Debug"],
            Configure = services => services.AddSingleton<ILoggerProvider>(log),
        });
        await deployment.RollAsync(Plans.Patient("private-1"));
        await Eventually.GetAsync(() => deployment.SayAsync(0), a => a["processing.arm"] is not "none");
        await deployment.SayAllAsync(10);
        await deployment.SeeAsync(a => Sum(a) == 10);
        await deployment.MoveAsync("abort");
        string[] rows =
        [
            .. RolloutTables.Rows(deployment, "SELECT rollout_unit FROM turns WHERE rollout IS NOT NULL"), .. RolloutTables.Rows(deployment, "SELECT unit || row FROM rollout_units"),
            .. RolloutTables.Rows(deployment, "SELECT line FROM rollout_audit"), .. RolloutTables.Rows(deployment, "SELECT plan || status FROM rollouts"), .. RolloutTables.Rows(deployment, "SELECT row FROM rollout_instances"),
        ];
        Assert.True(rows.Length > 20);
        Assert.All([.. rows, .. log.Entries.Select(e => e.Text)], text =>
        {
            Assert.DoesNotContain("user-", text, StringComparison.Ordinal);
            Assert.DoesNotContain("key-of", text, StringComparison.Ordinal);
        });
        Assert.True(log.Count("audit entry") >= 2);
    }

    [Fact]
    [Trait("Category", "InProcess")]
    public async Task The_rows_of_a_rollout_take_no_memory_after_its_end()
    {
        await using var deployment = await StartedAsync("memory-1");
        await deployment.SayAllAsync(5);
        var measurer = deployment.Host.Services.GetRequiredService<RolloutMeasurer>();
        var rows = typeof(RolloutMeasurer).GetField("ledger", BindingFlags.NonPublic | BindingFlags.Instance)!;
        await Eventually.TrueAsync(() => rows.GetValue(measurer) is not null);
        await deployment.MoveAsync("abort");
        await Eventually.TrueAsync(() => rows.GetValue(measurer) is null);
    }

    [Fact]
    public async Task A_row_that_was_changed_in_the_database_is_found_by_a_replay()
    {
        await using var deployment = await StartedAsync("tamper-1");
        await deployment.MoveAsync("pause");
        Assert.Null((await deployment.ReplayAsync()).Report.Fault);
        RolloutTables.Execute(deployment, "UPDATE rollout_audit SET line = replace(line, '\"actor\":\"ops\"', '\"actor\":\"oops\"') WHERE sequence = 1");
        Assert.Equal(1, (await deployment.ReplayAsync()).Report.Fault?.Sequence);
        RolloutTables.Execute(deployment, "DELETE FROM rollout_audit WHERE sequence = (SELECT MAX(sequence) FROM rollout_audit)");
        RolloutTables.Execute(deployment, "UPDATE rollout_audit SET line = replace(line, '\"actor\":\"oops\"', '\"actor\":\"ops\"')");
        Assert.Equal(Vivace.Rollouts.Auditing.ReplayFaultKind.Truncated, (await deployment.ReplayAsync()).Report.Fault?.Kind);
    }

    private static async Task<RolloutDeployment> StartedAsync(string id)
    {
        var deployment = await RolloutDeployment.StartAsync();
        await deployment.RollAsync(Plans.Patient(id));
        return deployment;
    }

    private static async Task FailAsync(RolloutDeployment deployment, string processing, params int[] users)
    {
        deployment.IsAllBroken = true;
        Assert.All(await Task.WhenAll(users.Select(u => deployment.SayAsync(u, processing))), a => Assert.Equal(502, a.Status));
        deployment.IsAllBroken = false;
    }

    internal static int Sum(Answer answer) => answer.Json.Find("measurements.units") is { ValueKind: JsonValueKind.Object } units
        ? units.GetProperty("fast").GetInt32() + units.GetProperty("control").GetInt32()
        : 0;
}
