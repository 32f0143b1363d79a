using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Vivace.Contracts.Processing;
using Vivace.Runtime.Models;
using Vivace.Runtime.Telemetry;
using Vivace.Runtime.Tests.Drivers;

namespace Vivace.Runtime.Tests.Isolation;

public sealed class RoutingMismatchTests
{
    private static readonly ChatMessage[] Prompt = [new(ChatRole.User, "Hi")];

    [Fact]
    public async Task A_call_that_carries_another_turns_routing_is_refused()
    {
        using var small = new ScriptedModel("small", _ => ScriptedAnswer.Say("s"));
        await using var app = new TestApp(small, small);
        var client = app.Services.GetRequiredService<IChatClient>();
        using var scope = ModelRoutingScope.Begin(Routing("one"));

        await Assert.ThrowsAsync<ModelRoutingException>(() => client.GetResponseAsync(Prompt, new RoutedChatOptions(Routing("two"), ModelSize.Small)));

        Assert.Empty(small.Requests);
    }

    [Fact]
    public async Task A_call_inside_a_turn_whose_scope_is_lost_is_refused()
    {
        using var small = new ScriptedModel("small", _ => ScriptedAnswer.Say("s"));
        await using var app = new TestApp(small, small);
        var client = app.Services.GetRequiredService<IChatClient>();
        using var activity = TurnActivity.Start("one");

        await Assert.ThrowsAsync<ModelRoutingException>(() => client.GetResponseAsync(Prompt));
        Assert.Throws<ModelRoutingException>(() => client.GetStreamingResponseAsync(Prompt, new RoutedChatOptions(Routing("one"), ModelSize.Small)));

        Assert.Empty(small.Requests);
    }

    [Fact]
    public async Task Outside_a_turn_calls_go_to_the_large_model()
    {
        using var small = new ScriptedModel("small", _ => ScriptedAnswer.Say("s"));
        using var large = new ScriptedModel("large", _ => ScriptedAnswer.Say("l"));
        await using var app = new TestApp(small, large);

        var response = await app.Services.GetRequiredService<IChatClient>().GetResponseAsync(Prompt);

        Assert.Equal("l", response.Text);
    }

    [Fact]
    public async Task A_nested_scope_gives_back_the_outer_one()
    {
        using var small = new ScriptedModel("small", _ => ScriptedAnswer.Say("s"));
        using var large = new ScriptedModel("large", _ => ScriptedAnswer.Say("l"));
        await using var app = new TestApp(small, large);
        var client = app.Services.GetRequiredService<IChatClient>();
        using (ModelRoutingScope.Begin(Routing("outer")))
        {
            using (ModelRoutingScope.Begin(Routing("inner", ModelSize.Large)))
            {
                Assert.Equal("l", (await client.GetResponseAsync(Prompt)).Text);
            }

            Assert.Equal("s", (await client.GetResponseAsync(Prompt)).Text);
        }

        Assert.Equal("l", (await client.GetResponseAsync(Prompt)).Text);
    }

    private static ModelRouting Routing(string turn, ModelSize size = ModelSize.Small)
        => new() { TurnId = turn, Mode = ProcessingMode.Fast, Profile = "fast-v1", MaxSize = size };
}
