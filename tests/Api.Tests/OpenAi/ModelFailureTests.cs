using System.Diagnostics;
using Vivace.Api.Tests.BadInput;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;
using Vivace.Testing.OpenAi;
using Vivace.Testing.Streams;

namespace Vivace.Api.Tests.OpenAi;

public sealed class ModelFailureTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_throttled_call_is_tried_again_after_the_time_the_provider_asks_for(bool streamed)
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.Then(OpenAiAnswer.Throttles(350));
        await using var host = await VivaceHost.StartAsync(model.Settings);
        var conversation = await host.Client.ConverseAsync();
        var status = streamed
            ? (await conversation.StreamAsync("Hi", Said.Fast)).Terminal.Type
            : (await conversation.SayAsync("Hi", Said.Fast)).Status.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(streamed ? "done" : "200", status);
        Assert.Equal(2, model.Talks.Count);
        Assert.InRange(Stopwatch.GetElapsedTime(model.Talks[0].ReceivedAt, model.Talks[1].ReceivedAt).TotalMilliseconds, 340, 5000);
    }

    [Theory]
    [InlineData(500, 2)]
    [InlineData(503, 2)]
    [InlineData(401, 1)]
    [InlineData(400, 1)]
    public async Task A_model_that_only_fails_is_a_problem_that_names_the_turn(int status, int calls)
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.Otherwise = OpenAiAnswer.Fails(status);
        await using var host = await VivaceHost.StartAsync(model.Settings);
        var conversation = await host.Client.ConverseAsync();
        var answer = await conversation.SayAsync("Hi", Said.Fast);
        await AssertFailedAsync(conversation, answer, 502, "model");
        Assert.Equal(calls, model.Talks.Count);
        Assert.DoesNotContain("stand-in was told", answer.Body, StringComparison.Ordinal);

        var streamed = await conversation.StreamAsync("Hi", Said.Fast);
        Assert.Empty(streamed.Faults());
        Assert.Equal(("error", "model-failed"), (streamed.Terminal.Type, streamed.Terminal["code"]));
    }

    [Theory]
    [InlineData("{nope")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("<html>gateway</html>")]
    [InlineData("""{"id":"x","object":"chat.completion","created":1,"model":"m","choices":[]}""")]
    [InlineData("""{"id":"x","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"half \ud83d"}}]}""")]
    public async Task An_answer_that_is_not_understood_fails_the_turn(string raw)
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.Otherwise = OpenAiAnswer.Malformed(raw);
        await using var host = await VivaceHost.StartAsync(model.Settings);
        var conversation = await host.Client.ConverseAsync();
        await AssertFailedAsync(conversation, await conversation.SayAsync("Hi", Said.Fast), 502, "model");
        Assert.Equal("error", (await conversation.StreamAsync("Hi", Said.Fast)).Terminal.Type);
    }

    [Fact]
    public async Task A_connection_cut_mid_stream_is_an_error_keeps_the_text_and_is_not_tried_again()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        var cut = new TaskCompletionSource();
        model.Then(OpenAiAnswer.Streams("Once upon a time, ", "there was ", "nothing.") with { Until = cut.Task, UntilAfterChunks = 2, CutAfter = 2 });
        await using var host = await VivaceHost.StartAsync(model.Settings);
        var conversation = await host.Client.ConverseAsync();
        await using var stream = await conversation.OpenStreamAsync(new Said("Hi", Said.Fast));
        SseEvent[] begun = [(await stream.NextAsync())!, await stream.UntilAsync(e => e.Type == "token")];
        cut.SetResult();
        var streamed = new StreamedReply([.. begun, .. (await stream.ReadToEndAsync()).Events]);
        Assert.Empty(streamed.Faults());
        Assert.Equal(("error", "model-failed", "fast"), (streamed.Terminal.Type, streamed.Terminal["code"], streamed.Terminal["processing.effective.mode"]));
        Assert.Single(model.Talks);
        await AssertKeptAsync(conversation, streamed.TurnId, streamed.Text);

        await conversation.SayAsync("And then?", Said.Fast);
        Assert.Contains(streamed.Text.Trim(), model.Talks[1].Prompt("assistant"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_cannot_be_reached_fails_the_turn()
    {
        using var nobody = new ReservedPort();
        await using var host = await VivaceHost.StartAsync(
            "Models:Small:Provider=openai", $"Models:Small:Endpoint=http://127.0.0.1:{nobody.Number}/v1", "Models:Small:Model=m", "Models:Small:ApiKey=k");
        var conversation = await host.Client.ConverseAsync();
        await AssertFailedAsync(conversation, await conversation.SayAsync("Hi", Said.Fast), 502, "model");
    }

    private static async Task AssertKeptAsync(Conversation conversation, string? turnId, string text)
    {
        Assert.StartsWith("Once upon", text, StringComparison.Ordinal);
        var turn = await conversation.EndedTurnAsync(turnId);
        Assert.Equal(("failed", text), (turn["status"], turn["text"]));
        Assert.Equal(text, (await conversation.HistoryAsync()).Single(m => m.Role == "assistant").Text);
    }

    private static async Task AssertFailedAsync(Conversation conversation, Answer answer, int status, string failure)
    {
        answer.AssertProblem(status);
        Assert.Equal(("fast", "fast"), (answer["processing.requested.mode"], answer["processing.effective.mode"]));
        Assert.Equal("small", answer.Json.GetProperty("processing").GetProperty("models").EnumerateArray().Single().At("type"));
        var turn = await conversation.TurnAsync(answer["turnId"]);
        Assert.Equal(("failed", failure), (turn["status"], turn["failure"]));
        Assert.Equal(["user"], (await conversation.HistoryAsync()).Select(m => m.Role));
    }
}
