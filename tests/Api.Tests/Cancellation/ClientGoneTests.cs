using System.Diagnostics;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;
using Vivace.Testing.OpenAi;
using Xunit.Abstractions;

namespace Vivace.Api.Tests.Cancellation;

[Collection(Timing.Name)]
public sealed class ClientGoneTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(null)]
    [InlineData(Said.Fast)]
    public async Task When_the_client_goes_away_the_model_s_request_is_closed_within_200_ms(string? processing)
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.Otherwise = OpenAiAnswer.Stalls();
        await using var host = await VivaceHost.StartAsync(model.Settings);
        var conversation = await host.Client.ConverseAsync();
        var taken = new List<double>();
        for (var run = 0; run < 11; run++)
        {
            using var client = new CancellationTokenSource();
            var call = conversation.SayAsync($"Run {run}", processing, client.Token);
            var upstream = await model.TalkAsync(run);
            var left = Stopwatch.GetTimestamp();
            await client.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
            var closed = await upstream.Aborted.WaitAsync(TimeSpan.FromSeconds(10));
            taken.Add(Stopwatch.GetElapsedTime(left, closed).TotalMilliseconds);
        }

        taken.Sort();
        output.WriteLine($"Closed after, ms: {string.Join(' ', taken.Select(t => t.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture)))}");

        // Except for a release the median is judged: the slowest of few tell of the machine.
        var judged = Release.IsFull ? taken[9] : taken[5];
        Assert.True(judged < 200, $"The {(Release.IsFull ? "second slowest" : "median")} of 11 took {judged} ms.");
    }

    [Fact]
    public async Task A_turn_whose_client_went_away_ends_cancelled()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.Otherwise = OpenAiAnswer.Stalls();
        await using var host = await VivaceHost.StartAsync(model.Settings);
        var conversation = await host.Client.ConverseAsync();
        await LeaveAsync(model, 0, token => conversation.SayAsync("Hi", Said.Fast, token));
        var turnId = (await conversation.HistoryAsync())[0].TurnId;
        var turn = await conversation.EndedTurnAsync(turnId);
        Assert.Equal(("cancelled", ""), (turn["status"], turn["text"]));
        Assert.Equal("fast", turn["processing.effective.mode"]);
    }

    [Fact]
    public async Task With_an_idempotency_key_the_turn_runs_on_and_the_retry_gets_its_reply()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        var answer = new TaskCompletionSource();
        model.Otherwise = OpenAiAnswer.Says("Here it is.") with { Until = answer.Task };
        await using var host = await VivaceHost.StartAsync(model.Settings);
        var conversation = await host.Client.ConverseAsync();
        var keyed = conversation.WithKey("k1");
        using var client = new CancellationTokenSource();
        var call = keyed.SayAsync("Hi", Said.Fast, client.Token);
        var upstream = await model.TalkAsync();
        await client.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        // A second client without a key goes away later; once its request is closed, the first would have been, too.
        await LeaveAsync(model, 1, token => conversation.SayAsync("Hi", Said.Fast, token));
        Assert.False(upstream.Aborted.IsCompleted);
        answer.SetResult();
        var retry = await Eventually.GetAsync(() => keyed.SayAsync("Hi", Said.Fast), a => a.Status != 409);
        Assert.Equal((200, "Here it is.", "true"), (retry.Status, retry["text"], retry.Header("Idempotent-Replayed")));

        // The reply may be there before the one who wrote it has seen to that.
        await Eventually.TrueAsync(() => upstream.Completed);
        Assert.Equal(2, model.Talks.Count);
    }

    [Fact]
    public async Task Leaving_a_stream_does_not_cancel_its_turn()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        var rest = new TaskCompletionSource();
        model.Then(OpenAiAnswer.Streams("Once upon a time, ", "the end.") with { Until = rest.Task, UntilAfterChunks = 1 });
        model.Otherwise = OpenAiAnswer.Stalls();
        await using var host = await VivaceHost.StartAsync(model.Settings);
        var conversation = await host.Client.ConverseAsync();
        string? turnId;
        await using (var stream = await conversation.OpenStreamAsync(new Said("A story", Said.Fast)))
        {
            turnId = (await stream.UntilAsync(e => e.Type == "token"))["turnId"];
        }

        await LeaveAsync(model, 1, token => conversation.SayAsync("Hi", Said.Fast, token));
        Assert.False(model.Talks[0].Aborted.IsCompleted);
        Assert.Equal("running", (await conversation.TurnAsync(turnId))["status"]);
        rest.SetResult();
        var turn = await conversation.EndedTurnAsync(turnId);
        Assert.Equal(("done", "Once upon a time, the end."), (turn["status"], turn["text"]));
        Assert.Contains("Once upon a time, the end.", (await conversation.HistoryAsync()).Select(m => m.Text));
    }

    [Fact]
    public async Task Deleting_a_conversation_cancels_its_turns()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.Otherwise = OpenAiAnswer.Stalls();
        await using var host = await VivaceHost.StartAsync(model.Settings);
        var conversation = await host.Client.ConverseAsync();
        await using var stream = await conversation.OpenStreamAsync(new Said("Hi"));
        var upstream = await model.TalkAsync();
        Assert.Equal(204, (await conversation.DeleteAsync()).Status);
        await upstream.Aborted.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal("cancelled", (await stream.UntilAsync(e => e.IsTerminal)).Type);
    }

    /// <summary>Sends, goes away once the model has been asked, and waits until the model's request is closed.</summary>
    private static async Task LeaveAsync(OpenAiStandIn model, int index, Func<CancellationToken, Task<Answer>> send)
    {
        using var client = new CancellationTokenSource();
        var call = send(client.Token);
        var upstream = await model.TalkAsync(index);
        await client.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await upstream.Aborted.WaitAsync(TimeSpan.FromSeconds(10));
    }
}
