using Vivace.Testing.Hosting;
using Vivace.Testing.Http;

namespace Vivace.Api.Tests.Conversations;

public sealed class MainJobTests
{
    [Fact]
    public async Task A_message_gets_a_reply_in_default_mode()
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = await host.Client.ConverseAsync();
        var reply = await conversation.SayAsync("Hello");
        Assert.Equal(200, reply.Status);
        Assert.StartsWith("Hello! I am Vivace.", reply["text"], StringComparison.Ordinal);
        Assert.Equal("Vivace", reply["agentName"]);
        Assert.Equal(conversation.RoomId, reply["roomId"]);
        Assert.Equal("true", reply["responded"]);
        Assert.Equal("false", reply["blocked"]);
        Assert.Equal("default", reply["processing.requested.mode"]);
        Assert.Equal("default", reply["processing.effective.mode"]);
        Assert.Equal("application", reply["processing.decidedBy"]);
        Assert.Null(reply["processing.reason"]);
        Assert.Equal("local", reply["processing.path"]);
        Assert.Equal("offline-large", reply["processing.models.0.requested"]);
    }

    [Fact]
    public async Task A_message_that_asks_for_fast_mode_is_served_by_the_small_model()
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = await host.Client.ConverseAsync();
        var reply = await conversation.SayAsync("Hello", """{"mode":"fast","reason":"voice"}""");
        Assert.Equal("fast", reply["processing.effective.mode"]);
        Assert.Equal("fast-v1", reply["processing.effective.profile"]);
        Assert.Equal("message", reply["processing.decidedBy"]);
        Assert.Equal("voice", reply["processing.requested.reason"]);
        Assert.Equal("fast", reply["processing.arm"]);
        Assert.Equal("small", reply["processing.models.0.type"]);
        Assert.Null(reply["processing.models.1"]);
    }

    [Fact]
    public async Task Each_message_of_one_conversation_keeps_its_own_mode()
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = await host.Client.ConverseAsync();
        string?[] asked = [null, Said.Fast, null, Said.Default, Said.Fast, "{}"];
        var served = new List<string?>();
        foreach (var processing in asked)
        {
            var reply = await conversation.SayAsync("My name is Ada", processing);
            var turn = await conversation.TurnAsync(reply["turnId"]);
            Assert.Equal(reply["processing.effective.mode"], turn["processing.effective.mode"]);
            served.Add(reply["processing.effective.mode"]);
        }

        Assert.Equal(["default", "fast", "default", "default", "fast", "default"], served);
    }

    [Fact]
    public async Task A_conversation_is_remembered_within_itself_and_by_no_other()
    {
        await using var host = await VivaceHost.StartAsync();
        var (first, second) = (await host.Client.ConverseAsync(), await host.Client.ConverseAsync());
        await first.SayAsync("My name is Ada");
        Assert.Equal("Your name is Ada.", (await first.SayAsync("What is my name?", Said.Fast))["text"]);
        Assert.Equal("You have not told me your name yet.", (await second.SayAsync("What is my name?"))["text"]);
        Assert.NotEqual(first.RoomId, second.RoomId);
    }

    [Fact]
    public async Task The_history_survives_a_restart_on_the_same_folder()
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = await host.Client.ConverseAsync("""{"title":"Über 🎉"}""");
        await conversation.SayAsync("My name is Zoë 👩‍🚀");
        var streamed = await conversation.StreamAsync("Hi", Said.Fast);
        var before = await conversation.HistoryAsync();
        await host.RestartAsync();
        Assert.Equal(before, await conversation.HistoryAsync());
        Assert.Equal(["user", "assistant", "user", "assistant"], before.Select(m => m.Role));
        Assert.Equal(["My name is Zoë 👩‍🚀", "Nice to meet you, Zoë!", "Hi", streamed.Text], before.Select(m => m.Text));
        Assert.Equal("Über 🎉", (await conversation.GetAsync())["conversation.title"]);
        Assert.Equal("done", (await conversation.TurnAsync(streamed.TurnId))["status"]);
        Assert.Equal("Your name is Zoë.", (await conversation.SayAsync("What is my name?"))["text"]);
    }

    [Fact]
    public async Task A_turn_tells_what_it_used()
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = await host.Client.ConverseAsync();
        var reply = await conversation.SayAsync("What is 6 * 7?", Said.Fast);
        Assert.Equal("6 * 7 = 42", reply["text"]);
        var turn = await conversation.TurnAsync(reply["turnId"]);
        Assert.Equal("done", turn["status"]);
        Assert.Equal(conversation.RoomId, turn["roomId"]);
        Assert.Equal("CALCULATE", turn["used.actions.0.name"]);
        Assert.Equal("ok", turn["used.actions.0.outcome"]);
        var providers = turn.Json.Find("used.providers")!.Value.EnumerateArray().Select(p => p.At("name"));
        Assert.Equal(["ACTIONS", "CHARACTER", "RECENT_MESSAGES", "TIME"], providers.Order());
        Assert.All(turn.Json.GetProperty("evaluations").EnumerateArray(), e => Assert.Equal("true", e.At("deferred")));
    }

    [Fact]
    public async Task Deferred_evaluators_are_completed_after_the_reply()
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = await host.Client.ConverseAsync();
        var reply = await conversation.SayAsync("My name is Ada", Said.Fast);
        var turn = await Eventually.GetAsync(
            () => conversation.TurnAsync(reply["turnId"]),
            t => t.Json.GetProperty("evaluations").EnumerateArray().All(e => e.At("status") == "completed"));
        Assert.NotEqual(0, turn.Json.GetProperty("evaluations").GetArrayLength());
    }
}
