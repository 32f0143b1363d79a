using System.Diagnostics;
using Vivace.Testing.Http;

namespace Vivace.Api.Tests.Rollouts;

/// <summary>A rollout that goes wrong ends by itself, in time, and does not come back.</summary>
public sealed class RollbackTests
{
    /// <summary>A second until flags are read again, and a flush and a judgement of 0.2 s; the rest is for busy machines.</summary>
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Nine_failed_units_of_the_fast_arm_switch_fast_mode_off_for_everybody_within_seconds()
    {
        await using var deployment = await RolloutDeployment.StartAsync();
        await deployment.RollAsync(Plans.Patient("soft-1"));
        await Eventually.GetAsync(() => deployment.SayAsync(0), a => a["processing.arm"] is not "none");
        var fast = await deployment.OfArmAsync("fast", 40);
        Assert.True(fast.Count > 9);
        deployment.IsBroken = true;
        foreach (var user in fast.Take(8))
        {
            Assert.Equal(502, (await deployment.SayAsync(user)).Status);
            Assert.Equal(502, (await deployment.SayAsync(user)).Status);
        }

        var eight = await deployment.SeeAsync(a => a["measurements.guards.0.compared.seen"] == "8");
        Assert.Equal("running", eight["status.state"]);
        Assert.Equal(502, (await deployment.SayAsync(fast[8])).Status);
        var ninth = Stopwatch.GetTimestamp();
        var ended = await deployment.SeeAsync(a => a["status.state"] == "rolled-back", Promised);
        Assert.Equal(("failure", "true", "false"), (ended["status.reason"], ended["flag.contractEnabled"], ended["flag.runtimeEnabled"]));
        var served = await Eventually.GetAsync(() => deployment.SayAsync(fast[9]), a => a["processing.reason"] == "runtime-flag-off", Promised);
        Assert.InRange(Stopwatch.GetElapsedTime(ninth), TimeSpan.Zero, Promised);
        Assert.Equal("default", served["processing.effective.mode"]);

        deployment.IsBroken = false;
        Assert.Contains("cool down", await RefusedAsync(deployment, "soft-2"), StringComparison.Ordinal);
        Assert.Contains("has run before", await RefusedAsync(deployment, "soft-1"), StringComparison.Ordinal);
        var (report, entries) = await deployment.ReplayAsync();
        Assert.Null(report.Fault);
        Assert.Equal(("controller", "rolled-back"), (entries[^1].At("record.inputs.actor"), entries[^1].At("record.after.state")));
    }

    [Fact]
    public async Task A_hard_rollback_switches_the_contract_off_too()
    {
        await using var deployment = await RolloutDeployment.StartAsync();
        var plan = Plans.Patient("hard-1");
        plan["rollback"] = "hard";
        await deployment.RollAsync(plan);
        await Eventually.GetAsync(() => deployment.SayAsync(0), a => a["processing.arm"] is not "none");
        deployment.IsBroken = true;
        await deployment.SayAllAsync(40);
        var ended = await deployment.SeeAsync(a => a["status.state"] == "rolled-back", Promised);
        Assert.Equal(("false", "false"), (ended["flag.contractEnabled"], ended["flag.runtimeEnabled"]));
        await Eventually.GetAsync(() => deployment.SayAsync(1), a => a["processing.reason"] == "contract-flag-off", Promised);
    }

    private static async Task<string> RefusedAsync(RolloutDeployment deployment, string id)
    {
        var refused = await deployment.MoveAsync("start", $$"""{"plan":{{Plans.Patient(id).ToJsonString()}},"force":true}""");
        Assert.Equal((409, "/problems/rollout-refused"), (refused.Status, refused["type"]));
        return refused["detail"]!;
    }
}
