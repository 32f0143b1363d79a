using System.Globalization;
using Vivace.Api.Tests.Auth;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;
using Vivace.Testing.OpenAi;

namespace Vivace.Api.Tests.Evaluations;

/// <summary>Evaluators that run after the reply: once, counted, seen when they are dead, and tried again on demand.</summary>
public sealed class DeferredEvaluationTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_fast_turn_s_evaluations_run_after_its_reply_and_the_counts_balance()
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = await host.Client.ConverseAsync();
        for (var i = 0; i < 20; i++)
        {
            await conversation.SayAsync($"My name is Ana{i}", Said.Fast);
            await conversation.StreamAsync($"I like tea{i}", Said.Fast);
            await conversation.SayAsync("And default?", Said.Default);
        }

        var summary = await SettledAsync(host.Client);
        Assert.NotEmpty(summary.Json.GetProperty("evaluators").EnumerateArray());
        foreach (var evaluator in summary.Json.GetProperty("evaluators").EnumerateArray())
        {
            Assert.Equal(("60", "60", "0", "0"), (evaluator.At("expected"), evaluator.At("completed"), evaluator.At("dead"), evaluator.At("pending")));
            Assert.Null(evaluator.At("oldestPendingSeconds"));
        }
    }

    [Fact]
    public async Task An_evaluator_that_keeps_failing_is_dead_in_the_end_and_can_be_tried_again()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        var broken = true;
        model.Judge = _ => OpenAiAnswer.Says(Volatile.Read(ref broken) ? "no number" : "70");
        await using var host = await VivaceHost.StartAsync([.. model.Settings, "Evaluations:RetrySeconds=0.05"]);
        var conversation = await host.Client.ConverseAsync();
        var turn = (await conversation.SayAsync("Hello", Said.Fast))["turnId"];
        var dead = await Eventually.GetAsync(
            () => host.Client.GetAsync("/api/evaluations/dead-letters"), a => a.Json.GetProperty("deadLetters").GetArrayLength() > 0, Patience);
        Assert.Equal((turn, "QUALITY_SCORE", "FormatException"), (dead["deadLetters.0.turnId"], dead["deadLetters.0.evaluator"], dead["deadLetters.0.reason"]));
        Assert.Equal(5, model.All.Count(r => r.IsTask && r.Prompt("system")!.Contains("quality", StringComparison.Ordinal)));
        var standing = (await SettledAsync(host.Client)).Json.GetProperty("evaluators").EnumerateArray().Single(e => e.At("evaluator") == "QUALITY_SCORE");
        Assert.Equal(("1", "0", "1"), (standing.At("expected"), standing.At("completed"), standing.At("dead")));

        Volatile.Write(ref broken, false);
        Assert.Equal(404, (await host.Client.PostAsync($"/api/evaluations/dead-letters/{turn}/NO_SUCH/1/requeue", null)).Status);
        var requeued = await host.Client.PostAsync($"/api/evaluations/dead-letters/{turn}/QUALITY_SCORE/1/requeue", null);
        Assert.Equal((202, "1"), (requeued.Status, requeued["requeued"]));
        var details = await Eventually.GetAsync(() => conversation.TurnAsync(turn), t => Status(t, "QUALITY_SCORE") == "completed", Patience);
        Assert.Equal("completed", Status(details, "QUALITY_SCORE"));
        Assert.Empty((await host.Client.GetAsync("/api/evaluations/dead-letters")).Json.GetProperty("deadLetters").EnumerateArray());
    }

    [Fact]
    public async Task An_evaluator_that_fails_at_first_is_tried_again_and_has_its_effect_once()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        var calls = 0;
        model.Judge = _ => OpenAiAnswer.Says(Interlocked.Increment(ref calls) <= 3 ? "no number" : "70");
        await using var host = await VivaceHost.StartAsync([.. model.Settings, "Evaluations:RetrySeconds=0.05"]);
        var conversation = await host.Client.ConverseAsync();
        var turn = (await conversation.SayAsync("My name is Ana", Said.Fast))["turnId"];
        await Eventually.GetAsync(() => conversation.TurnAsync(turn), t => Status(t, "QUALITY_SCORE") == "completed", Patience);
        var standings = (await SettledAsync(host.Client)).Json.GetProperty("evaluators").EnumerateArray();
        Assert.All(standings, e => Assert.Equal(("1", "1"), (e.At("expected"), e.At("completed"))));
    }

    [Fact]
    public async Task Only_operators_see_and_requeue_dead_letters()
    {
        await using var host = await VivaceHost.StartAsync(Keys.Settings(("user", "ku", "user"), ("ops", "ko", "operator")));
        foreach (var path in new[] { "/api/evaluations", "/api/evaluations/dead-letters" })
        {
            Assert.Equal(403, (await host.WithKey("ku").GetAsync(path)).Status);
            Assert.Equal(200, (await host.WithKey("ko").GetAsync(path)).Status);
        }

        Assert.Equal(403, (await host.WithKey("ku").PostAsync("/api/evaluations/dead-letters/requeue", null)).Status);
        Assert.Equal(202, (await host.WithKey("ko").PostAsync("/api/evaluations/dead-letters/requeue", null)).Status);
        Assert.Equal(400, (await host.WithKey("ko").GetAsync("/api/evaluations/dead-letters?limit=0")).Status);
        Assert.Equal(400, (await host.WithKey("ko").GetAsync("/api/evaluations/dead-letters?after=x")).Status);
    }

    private static Task<Answer> SettledAsync(VivaceClient client) => Eventually.GetAsync(
        () => client.GetAsync("/api/evaluations"),
        a => a.Json.GetProperty("evaluators").EnumerateArray().All(e => long.Parse(e.At("pending")!, CultureInfo.InvariantCulture) == 0),
        Patience);

    private static string? Status(Answer turn, string evaluator)
        => turn.Json.GetProperty("evaluations").EnumerateArray().Where(e => e.At("evaluator") == evaluator).Select(e => e.At("status")).SingleOrDefault();
}
