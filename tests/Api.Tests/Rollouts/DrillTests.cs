using Vivace.Testing.Http;

namespace Vivace.Api.Tests.Rollouts;

/// <summary><c>X-Vivace-Drill</c> has an operator's fast turns fail or be late, and nobody else's.</summary>
public sealed class DrillTests
{
    private const string Drill = "X-Vivace-Drill";

    [Fact]
    public async Task A_fast_turn_of_an_operator_s_drill_fails_or_is_late_and_counts()
    {
        await using var deployment = await RolloutDeployment.StartAsync();
        var plan = Plans.Patient("drill-1");
        plan["firstChunkSlo"] = 0.5;
        await deployment.RollAsync(plan);
        var conversation = await FastAsync(deployment);
        var failed = await conversation(Said.Fast, "error");
        Assert.Equal((502, "fast"), (failed.Status, failed["processing.effective.mode"]));
        var late = await conversation(Said.Fast, "latency");
        Assert.Equal(200, late.Status);
        Assert.InRange(late.Json.GetProperty("processing").GetProperty("timings").GetProperty("firstChunkMs").GetDouble(), 500, 5000);
        await deployment.SeeAsync(a => a["measurements.guards.0.compared.seen"] == "1");
    }

    [Fact]
    public async Task A_turn_that_is_served_default_is_left_alone_and_a_header_that_says_nothing_is_refused()
    {
        await using var deployment = await RolloutDeployment.StartAsync();
        await deployment.RollAsync(Plans.Patient("drill-4"));
        var say = await FastAsync(deployment);
        var untouched = await say(Said.Default, "error");
        Assert.Equal((200, "default"), (untouched.Status, untouched["processing.effective.mode"]));
        var refused = await say(Said.Fast, "storm");
        Assert.Equal((400, "X-Vivace-Drill must be error or latency."), (refused.Status, refused["detail"]));
        var client = deployment.Host.As("X-Api-Key", "key-of-ops", Drill, "error");
        var streamed = await client.PostAsync($"{(await client.ConverseAsync()).Path}/messages/stream", new Said("Hi", Said.Fast).ToJson());
        Assert.Equal(400, streamed.Status);
    }

    [Fact]
    public async Task From_anybody_but_an_operator_the_header_asks_for_nothing()
    {
        await using var deployment = await RolloutDeployment.StartAsync();
        await deployment.RollAsync(Plans.Patient("drill-3"));
        await Eventually.GetAsync(() => deployment.SayAsync(0), a => a["processing.arm"] is not "none");
        var fast = await deployment.OfArmAsync("fast", 10);
        var served = await deployment.SayAsync(fast[0], Said.Fast, Drill, "error");
        Assert.Equal((200, "fast"), (served.Status, served["processing.effective.mode"]));
    }

    /// <summary>A way to say something, drilled, as an operator who is in the fast arm.</summary>
    private static async Task<Func<string, string, Task<Answer>>> FastAsync(RolloutDeployment deployment)
    {
        var conversation = await deployment.Operator.ConverseAsync();
        var seen = await Eventually.GetAsync(() => conversation.SayAsync("Hi", Said.Fast), a => a["processing.arm"] is not "none");
        Assert.Equal("fast", seen["processing.arm"]);
        return (processing, fault) => conversation.SeenBy(deployment.Host.As("X-Api-Key", "key-of-ops", Drill, fault)).SayAsync("Hi", processing);
    }
}
