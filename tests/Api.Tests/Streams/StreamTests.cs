using Vivace.Testing.Hosting;
using Vivace.Testing.Http;
using Vivace.Testing.OpenAi;

namespace Vivace.Api.Tests.Streams;

public sealed class StreamTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(Said.Fast)]
    public async Task A_streamed_reply_keeps_the_contract(string? processing)
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = await host.Client.ConverseAsync();
        var reply = await conversation.StreamAsync("Tell me about Grüße, 日本語 and 🎉", processing);
        Assert.Empty(reply.Faults());
        Assert.Equal("done", reply.Terminal.Type);
        Assert.NotEmpty(reply.Tokens);
        Assert.Equal(processing is null ? "default" : "fast", reply.Terminal["processing.effective.mode"]);
        Assert.Equal(conversation.RoomId, reply.Terminal["roomId"]);
        Assert.Equal("Vivace", reply.Terminal["agentName"]);
        Assert.Equal(reply.Text, (await conversation.HistoryAsync())[^1].Text);
    }

    [Fact]
    public async Task A_stream_is_sent_as_an_event_stream_that_nothing_may_cache()
    {
        await using var host = await VivaceHost.StartAsync();
        await using var stream = await (await host.Client.ConverseAsync()).OpenStreamAsync(new Said("Hi"));
        Assert.Equal("text/event-stream", stream.Response.Content.Headers.ContentType!.MediaType);
        Assert.True(stream.Response.Headers.CacheControl!.NoStore);
        Assert.Empty((await stream.ReadToEndAsync()).Faults());
    }

    [Fact]
    public async Task The_same_message_gets_the_same_text_streamed_and_as_one_reply()
    {
        await using var host = await VivaceHost.StartAsync();
        foreach (var text in new[] { "Hello", "What is 2 + 3?", "My name is Ada", "Anything else" })
        {
            var whole = await (await host.Client.ConverseAsync()).SayAsync(text, Said.Fast);
            var streamed = await (await host.Client.ConverseAsync()).StreamAsync(text, Said.Fast);
            Assert.Empty(streamed.Faults());
            Assert.Equal(whole["text"], streamed.Text);
        }
    }

    [Fact]
    public async Task No_surrogate_pair_is_split_and_offsets_count_utf_16_units()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        string[] chunks = ["😀", "a😀", "👨‍👩‍👧‍👦 and ", "é", "🇩🇪🇫🇷", "𝒳𝒴", "😀😀😀", " end", "🎉"];
        model.Otherwise = OpenAiAnswer.Streams([.. Enumerable.Repeat(chunks, 20).SelectMany(c => c)]) with { BetweenChunks = TimeSpan.FromMilliseconds(2) };
        await using var host = await VivaceHost.StartAsync([.. model.Settings, "Streams:CoalesceMilliseconds=1"]);
        var reply = await (await host.Client.ConverseAsync()).StreamAsync("Emoji, please", Said.Fast);
        Assert.Empty(reply.Faults());
        Assert.Equal(string.Concat(Enumerable.Repeat(string.Concat(chunks), 20)), reply.Text);
        Assert.True(reply.Tokens.Count() > 1);
    }

    [Fact]
    public async Task Text_reaches_the_client_while_the_model_still_talks()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        var rest = new TaskCompletionSource();
        model.Then(OpenAiAnswer.Streams("Once upon a time, ", "the end.") with { Until = rest.Task, UntilAfterChunks = 1 });
        await using var host = await VivaceHost.StartAsync(model.Settings);
        await using var stream = await (await host.Client.ConverseAsync()).OpenStreamAsync(new Said("A story", Said.Fast));
        var first = await stream.UntilAsync(e => e.Type == "token");
        Assert.StartsWith("Once", first.Text, StringComparison.Ordinal);
        rest.SetResult();
        var last = await stream.UntilAsync(e => e.IsTerminal);
        Assert.Equal("Once upon a time, the end.", last["fullText"]);
    }

    [Fact]
    public async Task A_bad_message_to_the_stream_is_a_problem_and_no_stream()
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = await host.Client.ConverseAsync();
        await using var stream = await conversation.OpenStreamAsync(new Said(" "));
        var answer = await stream.AnswerAsync();
        Assert.Equal((400, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.Empty(await conversation.HistoryAsync());
    }
}
