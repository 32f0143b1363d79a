using Vivace.Api.Tests.Auth;
using Vivace.Api.Tests.BadInput;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;
using Vivace.Testing.OpenAi;

namespace Vivace.Api.Tests.Idempotency;

public sealed class IdempotencyTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_same_message_under_the_same_key_is_one_turn(bool restarted)
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = (await host.Client.ConverseAsync()).WithKey("k1");
        var first = await conversation.SayAsync("My name is Ada", Said.Fast);
        if (restarted)
        {
            await host.RestartAsync();
        }

        var again = await conversation.SayAsync("My name is Ada", Said.Fast);
        Assert.Equal((200, null), (first.Status, first.Header("Idempotent-Replayed")));
        Assert.Equal((200, "true"), (again.Status, again.Header("Idempotent-Replayed")));
        Assert.Equal(first.Body, again.Body);
        Assert.Equal(2, (await conversation.HistoryAsync()).Count);
    }

    [Theory]
    [InlineData("""{"text":"Bye"}""")]
    [InlineData("""{"text":"Hi","processing":{"mode":"fast"}}""")]
    [InlineData("""{"text":"Hi","channelType":"API"}""")]
    public async Task Another_message_under_the_same_key_is_refused(string other)
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = (await host.Client.ConverseAsync()).WithKey("k1");
        await conversation.PostAsync("""{"text":"Hi"}""");
        (await conversation.PostAsync(other)).AssertProblem(422);
        Assert.Equal(2, (await conversation.HistoryAsync()).Count);
    }

    [Fact]
    public async Task A_client_s_own_message_id_works_as_the_key_and_the_header_wins()
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = await host.Client.ConverseAsync();
        var said = new Said("Hi", ClientMessageId: "m-1");
        var first = await conversation.SayAsync(said);
        Assert.Equal(first["turnId"], (await conversation.SayAsync(said))["turnId"]);
        (await conversation.SayAsync(said with { Text = "Bye" })).AssertProblem(422);
        Assert.NotEqual(first["turnId"], (await conversation.WithKey("k1").SayAsync(said))["turnId"]);
        Assert.Equal(4, (await conversation.HistoryAsync()).Count);
    }

    [Fact]
    public async Task A_key_belongs_to_one_conversation_of_one_owner()
    {
        await using var host = await VivaceHost.StartAsync(Keys.Settings(("a", "ka", "user"), ("b", "kb", "user")));
        var turns = new HashSet<string?>();
        foreach (var caller in new[] { host.WithKey("ka"), host.WithKey("ka"), host.WithKey("kb") })
        {
            turns.Add((await (await caller.ConverseAsync()).WithKey("k1").SayAsync("Hi"))["turnId"]);
        }

        Assert.Equal(3, turns.Count);
    }

    [Fact]
    public async Task A_stream_is_replayed_with_the_same_text_and_end()
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = (await host.Client.ConverseAsync()).WithKey("k1");
        var first = await conversation.StreamAsync("Hello", Said.Fast);
        await using var stream = await conversation.OpenStreamAsync(new Said("Hello", Said.Fast));
        Assert.Equal(["true"], stream.Response.Headers.GetValues("Idempotent-Replayed"));
        var again = await stream.ReadToEndAsync();
        Assert.Empty(again.Faults());
        Assert.Equal(first.Text, again.Text);
        Assert.Equal(first.Terminal.Data.GetRawText(), again.Terminal.Data.GetRawText());
        Assert.Equal(2, (await conversation.HistoryAsync()).Count);
    }

    [Fact]
    public async Task While_the_turn_runs_a_stream_is_attached_to_and_a_call_is_told_where_it_is()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        var rest = new TaskCompletionSource();
        model.Then(OpenAiAnswer.Streams("Once upon a time, ", "the end.") with { Until = rest.Task, UntilAfterChunks = 1 });
        await using var host = await VivaceHost.StartAsync(model.Settings);
        var conversation = (await host.Client.ConverseAsync()).WithKey("k1");
        await using var first = await conversation.OpenStreamAsync(new Said("A story", Said.Fast));
        var token = await first.UntilAsync(e => e.Type == "token");
        await using var second = await conversation.OpenStreamAsync(new Said("A story", Said.Fast));
        Assert.Equal(token.Text, (await second.UntilAsync(e => e.Type == "token")).Text);
        var call = await conversation.SayAsync("A story", Said.Fast);
        call.AssertProblem(409);
        Assert.Equal("running", (await conversation.TurnAsync(call["turnId"]))["status"]);

        rest.SetResult();
        var (one, two) = (await first.UntilAsync(e => e.IsTerminal), await second.UntilAsync(e => e.IsTerminal));
        Assert.Equal("Once upon a time, the end.", one["fullText"]);
        Assert.Equal((one.Id, one.Data.GetRawText()), (two.Id, two.Data.GetRawText()));
        Assert.Single(model.Talks);
    }

    [Fact]
    public async Task Concurrent_retries_make_one_turn()
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = (await host.Client.ConverseAsync()).WithKey("k1");
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => conversation.SayAsync("Hi")));
        Assert.All(answers, a => Assert.Contains(a.Status, new[] { 200, 409 }));
        Assert.Single(answers.Select(a => a["turnId"]).Distinct());
        Assert.Equal(2, (await conversation.HistoryAsync()).Count);
    }

    [Fact]
    public async Task A_failed_turn_is_replayed_as_failed()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.Then(OpenAiAnswer.Malformed("{nope"));
        await using var host = await VivaceHost.StartAsync(model.Settings);
        var conversation = (await host.Client.ConverseAsync()).WithKey("k1");
        var first = await conversation.SayAsync("Hi", Said.Fast);
        first.AssertProblem(502);
        var again = await conversation.SayAsync("Hi", Said.Fast);
        Assert.Equal((502, first.Body), (again.Status, again.Body));
        Assert.Single(model.Talks);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_blocked_reply_is_neither_sent_nor_replayed(bool fast)
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.Otherwise = OpenAiAnswer.Streams("First, ", "detonate ", "the ", "device ", "and run.");
        await using var host = await VivaceHost.StartAsync(model.Settings);
        var conversation = (await host.Client.ConverseAsync()).WithKey("k1");
        var mode = fast ? Said.Fast : null;

        var replies = new[] { await conversation.StreamAsync("Hi", mode), await conversation.StreamAsync("Hi", mode) };

        Assert.All(replies, r => Assert.DoesNotContain("detonate", r.Text, StringComparison.Ordinal));
        Assert.All(replies, r => Assert.Equal(("I can't say that.", "true"), (r.Terminal["fullText"], r.Terminal["blocked"])));
        Assert.DoesNotContain(await conversation.HistoryAsync(), m => m.Text.Contains("detonate", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(128, 200)]
    [InlineData(129, 400)]
    public async Task A_key_has_at_most_128_characters(int length, int status)
    {
        await using var host = await VivaceHost.StartAsync();
        var answer = await (await host.Client.ConverseAsync()).WithKey(new string('k', length)).SayAsync("Hi");
        Assert.Equal(status, answer.Status);
    }
}
