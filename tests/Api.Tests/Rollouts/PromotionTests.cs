using Vivace.Testing.Http;

namespace Vivace.Api.Tests.Rollouts;

/// <summary>A rollout that goes well goes on, by evidence or by a person, and stops where a person stops it.</summary>
public sealed class PromotionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task A_rollout_whose_fast_arm_is_faster_goes_through_its_steps_to_everybody()
    {
        await using var deployment = await RolloutDeployment.StartAsync();
        await deployment.RollAsync(Plans.Quick("steps-1", 30, 50, 100));

        // New users, few at a time: only the first turn of each is evidence, and it must not wait for the others.
        var users = 0;
        var completed = await Eventually.GetAsync(
            async () =>
            {
                await deployment.SayAllAsync(8, from: users += 8);
                return await deployment.SeeAsync();
            },
            a => a["status.state"] is not "running",
            Patience);
        Assert.Equal(("completed", "100", "true"), (completed["status.state"], completed["flag.percent"], completed["flag.runtimeEnabled"]));
        var all = await deployment.SayAllAsync(20);
        Assert.All(all, a => Assert.Equal("fast", a["processing.effective.mode"]));
        var (report, entries) = await deployment.ReplayAsync();
        Assert.Null(report.Fault);
        Assert.Equal("30 50 100", string.Join(' ', entries.Select(e => e.At("record.after.percent")).Distinct()));
        Assert.All(entries.Skip(1), e => Assert.Equal("controller", e.At("record.inputs.actor")));
    }

    [Fact]
    public async Task Without_evidence_of_speed_it_stays_however_long_until_a_person_promotes_it()
    {
        await using var deployment = await RolloutDeployment.StartAsync();
        await deployment.RollAsync(Plans.Quick("held-1", 20, 50));
        await deployment.SayAllAsync(1);
        var held = await deployment.SeeAsync(a => a["verdict"] == "inconclusive");
        Assert.Equal("20", held["status.percent"]);
        var promoted = await deployment.MoveAsync("promote", """{"reason":"seen enough"}""");
        Assert.Equal((200, "50", "50", "1"), (promoted.Status, promoted["status.percent"], promoted["flag.percent"], promoted["status.step"]));
    }

    [Fact]
    public async Task It_is_paused_resumed_and_aborted_by_people_and_all_of_it_replays()
    {
        await using var deployment = await RolloutDeployment.StartAsync();
        await deployment.RollAsync(Plans.Patient("moves-1"));
        Assert.Equal("paused", (await deployment.MoveAsync("pause", """{"reason":"lunch"}"""))["status.state"]);
        Assert.Equal(409, (await deployment.MoveAsync("pause")).Status);
        Assert.Equal("running", (await deployment.MoveAsync("resume"))["status.state"]);
        var aborted = await deployment.MoveAsync("abort", "{}");
        Assert.Equal(("aborted", "false", "true"), (aborted["status.state"], aborted["flag.runtimeEnabled"], aborted["flag.contractEnabled"]));
        await Eventually.GetAsync(() => deployment.SayAsync(1), a => a["processing.reason"] == "runtime-flag-off");
        Assert.Equal(409, (await deployment.MoveAsync("resume")).Status);
        var (report, entries) = await deployment.ReplayAsync();
        Assert.Null(report.Fault);
        Assert.Equal("start pause resume abort", string.Join(' ', entries.Select(e => e.At("record.inputs.kind")).Where(k => k != "reconcile")));
        Assert.Equal("lunch", entries.Single(e => e.At("record.inputs.kind") == "pause").At("record.inputs.note.reason"));
    }
}
