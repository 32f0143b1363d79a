using Vivace.Testing.Hosting;
using Vivace.Testing.Http;

namespace Vivace.Api.Tests.Conversations;

public sealed class ConversationTests
{
    [Fact]
    public async Task A_conversation_s_default_mode_applies_until_a_message_says_otherwise()
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = await host.Client.ConverseAsync();
        var changed = await conversation.ChangeAsync("""{"defaultMode":"fast"}""");
        Assert.Equal("fast", changed["conversation.defaultMode"]);

        var inherited = await conversation.SayAsync("Hi");
        Assert.Equal(("fast", "conversation"), (inherited["processing.effective.mode"], inherited["processing.decidedBy"]));
        var own = await conversation.SayAsync("Hi", Said.Default);
        Assert.Equal(("default", "message"), (own["processing.effective.mode"], own["processing.decidedBy"]));
        var profile = await conversation.SayAsync("Hi", """{"profile":"default"}""");
        Assert.Equal(("default", "message"), (profile["processing.effective.mode"], profile["processing.decidedBy"]));

        Assert.Null((await conversation.ChangeAsync("""{"defaultMode":null}"""))["conversation.defaultMode"]);
        Assert.Equal("application", (await conversation.SayAsync("Hi"))["processing.decidedBy"]);
    }

    [Fact]
    public async Task A_blank_title_is_replaced_when_it_is_changed_as_when_it_is_made()
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = await host.Client.ConverseAsync("""{"title":"Kept"}""");
        Assert.Equal("Kept", (await conversation.ChangeAsync("""{"muted":true}"""))["conversation.title"]);
        Assert.Equal("New conversation", (await conversation.ChangeAsync("""{"title":" \t "}"""))["conversation.title"]);
        Assert.Equal("New conversation", (await host.Client.PostAsync("/api/conversations", """{"title":""}"""))["conversation.title"]);
    }

    [Fact]
    public async Task The_application_s_default_mode_is_the_last_resort()
    {
        await using var host = await VivaceHost.StartAsync("Processing:DefaultMode=fast");
        var plain = await host.Client.ConverseAsync();
        var careful = await host.Client.ConverseAsync("""{"defaultMode":"default"}""");
        Assert.Equal("fast", (await plain.SayAsync("Hi"))["processing.effective.mode"]);
        Assert.Equal("default", (await careful.SayAsync("Hi"))["processing.effective.mode"]);
        Assert.Equal("fast", (await careful.SayAsync("Hi", Said.Fast))["processing.effective.mode"]);
    }

    [Theory]
    [InlineData("""{"profile":"voice-fast-v1"}""", "fast", "voice-fast-v1", "message", null)]
    [InlineData("""{"mode":"fast","profile":"no-such"}""", "default", "default", "profile", "unknown-profile")]
    [InlineData("""{"mode":"default","profile":"fast-v1"}""", "default", "default", "profile", "profile-mode-mismatch")]
    [InlineData("""{"mode":"fast","profile":"default"}""", "default", "default", "profile", "profile-mode-mismatch")]
    public async Task A_profile_selects_its_mode_and_a_conflict_is_reported(string processing, string mode, string profile, string by, string? reason)
    {
        await using var host = await VivaceHost.StartAsync();
        var reply = await (await host.Client.ConverseAsync()).SayAsync("Hi", processing);
        Assert.Equal(200, reply.Status);
        Assert.Equal(
            (mode, profile, by, reason),
            (reply["processing.effective.mode"], reply["processing.effective.profile"], reply["processing.decidedBy"], reply["processing.reason"]));
    }

    [Fact]
    public async Task In_a_muted_conversation_messages_are_stored_and_no_model_is_called()
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = await host.Client.ConverseAsync();
        await conversation.ChangeAsync("""{"muted":true}""");
        var reply = await conversation.SayAsync("Are you there?");
        Assert.Equal((200, "", "false"), (reply.Status, reply["text"], reply["responded"]));
        Assert.Equal("[]", reply["processing.models"]);
        var streamed = await conversation.StreamAsync("Are you there?", Said.Fast);
        Assert.Empty(streamed.Faults());
        Assert.Equal(("done", "false", ""), (streamed.Terminal.Type, streamed.Terminal["responded"], streamed.Terminal["fullText"]));
        Assert.Equal(["user", "user"], (await conversation.HistoryAsync()).Select(m => m.Role));

        await conversation.ChangeAsync("""{"muted":false}""");
        Assert.Equal("true", (await conversation.SayAsync("Are you there?"))["responded"]);
    }

    [Fact]
    public async Task In_a_group_the_agent_answers_when_it_is_mentioned()
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = await host.Client.ConverseAsync();
        Assert.Equal("false", (await conversation.SayAsync(new Said("Lunch at noon.", Channel: "GROUP")))["responded"]);
        var mentioned = await conversation.SayAsync(new Said("vivace, lunch at noon.", Channel: "VOICE_GROUP"));
        Assert.Equal(("true", "default"), (mentioned["responded"], mentioned["processing.effective.mode"]));
    }

    [Fact]
    public async Task Deleting_a_conversation_removes_everything_that_belongs_to_it()
    {
        await using var host = await VivaceHost.StartAsync();
        var (gone, kept) = (await host.Client.ConverseAsync(), await host.Client.ConverseAsync());
        var turn = (await gone.WithKey("k1").SayAsync("My name is Ada"))["turnId"];
        var other = (await kept.SayAsync("Hi"))["turnId"];
        Assert.Equal(204, (await gone.DeleteAsync()).Status);
        Assert.Equal(404, (await gone.DeleteAsync()).Status);
        Assert.Equal(404, (await gone.GetAsync()).Status);
        Assert.Equal(404, (await gone.PageAsync()).Status);
        Assert.Equal(404, (await gone.TurnAsync(turn)).Status);
        Assert.Equal(404, (await gone.WithKey("k1").SayAsync("My name is Ada")).Status);
        Assert.Equal(200, (await kept.TurnAsync(other)).Status);
    }
}
