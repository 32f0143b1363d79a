using Vivace.Testing.Hosting;
using Vivace.Testing.Http;
using Vivace.Testing.OpenAi;

namespace Vivace.Api.Tests.OpenAi;

public sealed partial class OpenAiWireTests
{
    [Fact]
    public async Task The_model_s_text_is_the_reply_and_the_mode_chooses_the_model()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        await using var host = await VivaceHost.StartAsync(model.Settings);
        var conversation = await host.Client.ConverseAsync();
        var fast = await conversation.SayAsync("Hi there", Said.Fast);
        var plain = await conversation.SayAsync("Hi again");
        Assert.Equal(("Hello from the stand-in.", "Hello from the stand-in."), (fast["text"], plain["text"]));
        Assert.Equal(["small-model", "large-model"], model.Talks.Select(r => r["model"]));
        Assert.Equal(["Bearer key-of-small-model", "Bearer key-of-large-model"], model.Talks.Select(r => r.Headers["Authorization"]));
        Assert.Equal(["Hi there", "Hi again"], model.Talks.Select(r => r.Prompt("user")));
        Assert.Equal(("small", "small-model", "stand-in-2026"), Model(fast, 0));
        Assert.Equal(("large", "large-model", "stand-in-2026"), Model(plain, 0));
        Assert.All(model.All.Where(r => r.IsTask), task => Assert.Equal("small-model", task["model"]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Asking_for_nothing_and_for_default_send_the_same_bytes_to_the_model(bool streamed)
    {
        await using var model = await OpenAiStandIn.StartAsync();
        await using var host = await VivaceHost.StartAsync(model.Settings);
        var replies = new List<string?>();
        foreach (var processing in new[] { null, "{}", Said.Default, """{"profile":"default"}""" })
        {
            var conversation = await host.Client.ConverseAsync();
            replies.Add(streamed ? (await conversation.StreamAsync("Hi", processing)).Text : (await conversation.SayAsync("Hi", processing))["text"]);
        }

        // The present minute may pass during the test.
        var bodies = model.All.Select(r => Minute().Replace(r.Body.GetRawText(), "hh:mm UTC")).ToArray();
        Assert.Equal(12, bodies.Length);
        Assert.Equal(3, bodies.Distinct().Count());
        Assert.Single(replies.Distinct());
    }

    [System.Text.RegularExpressions.GeneratedRegex("[0-9]{2}:[0-9]{2} UTC")]
    private static partial System.Text.RegularExpressions.Regex Minute();

    [Fact]
    public async Task Fast_mode_makes_one_call_and_streams_it()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        await using var host = await VivaceHost.StartAsync(model.Settings);
        var reply = await (await host.Client.ConverseAsync()).StreamAsync("Hi", Said.Fast);
        Assert.Empty(reply.Faults());
        Assert.Equal("Hello from the stand-in.", reply.Text);
        var request = Assert.Single(model.Talks);
        Assert.True(request.Streamed);
        Assert.Subset(new HashSet<string?> { "REPLY", "IGNORE", "NONE", "CALCULATE", "CURRENT_TIME" }, request.Tools.ToHashSet());
        Assert.Equal("stand-in-2026", reply.Terminal["processing.models.0.served"]);
        Assert.Null(reply.Terminal["processing.models.1"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task In_fast_mode_an_action_s_own_text_is_the_reply_after_one_call(bool streamed)
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.Then(OpenAiAnswer.CallsTool("CALCULATE", """{"expression":"6 * 7"}"""));
        await using var host = await VivaceHost.StartAsync(model.Settings);
        var conversation = await host.Client.ConverseAsync();
        Assert.Equal("6 * 7 = 42", await TextAsync(conversation, "What is 6 * 7?", Said.Fast, streamed));
        Assert.Contains("CALCULATE", Assert.Single(model.Talks).Tools);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task In_default_mode_the_model_is_called_again_with_the_action_s_result(bool streamed)
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.Then(OpenAiAnswer.CallsTool("CALCULATE", """{"expression":"6 * 7"}"""), OpenAiAnswer.Says("It is forty-two."));
        await using var host = await VivaceHost.StartAsync(model.Settings);
        var conversation = await host.Client.ConverseAsync();
        Assert.Equal("It is forty-two.", await TextAsync(conversation, "What is 6 * 7?", null, streamed));
        Assert.Equal(2, model.Talks.Count);
        Assert.Contains("42", model.Talks[1].Prompt("tool"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("REMEMBER_FACT", """{"fact":"x"}""", "not-allowed")]
    [InlineData("rm", "{}", "not-allowed")]
    public async Task In_fast_mode_a_call_outside_the_allow_list_is_refused(string action, string arguments, string reason)
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.Otherwise = OpenAiAnswer.CallsTool(action, arguments);
        await using var host = await VivaceHost.StartAsync(model.Settings);
        var conversation = await host.Client.ConverseAsync();
        var reply = await conversation.SayAsync("Do it", Said.Fast);
        Assert.Equal((200, "Sorry, I can't do that here."), (reply.Status, reply["text"]));
        var turn = await conversation.TurnAsync(reply["turnId"]);
        Assert.Equal((action, "refused", reason), (turn["used.actions.0.name"], turn["used.actions.0.outcome"], turn["used.actions.0.reason"]));
        Assert.Single(model.Talks);
    }

    [Fact]
    public async Task A_model_that_never_stops_calling_is_stopped_by_the_profile_s_limit()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.Otherwise = OpenAiAnswer.CallsTool("CALCULATE", """{"expression":"1 + 1"}""");
        await using var host = await VivaceHost.StartAsync(model.Settings);
        var reply = await (await host.Client.ConverseAsync()).SayAsync("Go on");
        Assert.Equal(200, reply.Status);
        Assert.NotEqual("", reply["text"]);
        Assert.Equal(6, model.Talks.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_service_tier_is_passed_and_the_served_one_reported(bool streamed)
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.Otherwise = OpenAiAnswer.Says("Hi") with { ServiceTier = "default" };
        await using var host = await VivaceHost.StartAsync([.. model.Settings, "Models:Small:ServiceTier=priority"]);
        var conversation = await host.Client.ConverseAsync();
        var served = streamed
            ? (await conversation.StreamAsync("Hi", Said.Fast)).Terminal["processing.models.0.serviceTier"]
            : (await conversation.SayAsync("Hi", Said.Fast))["processing.models.0.serviceTier"];
        Assert.Equal(("priority", "default"), (model.Talks[0]["service_tier"], served));
        await conversation.SayAsync("Hi");
        Assert.Null(model.Talks[1]["service_tier"]);
    }

    private static async Task<string?> TextAsync(Conversation conversation, string text, string? processing, bool streamed)
    {
        if (!streamed)
        {
            return (await conversation.SayAsync(text, processing))["text"];
        }

        var reply = await conversation.StreamAsync(text, processing);
        Assert.Empty(reply.Faults());
        return reply.Text;
    }

    private static (string?, string?, string?) Model(Answer reply, int index)
        => (reply[$"processing.models.{index}.type"], reply[$"processing.models.{index}.requested"], reply[$"processing.models.{index}.served"]);
}
