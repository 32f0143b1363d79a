using Vivace.Cli.Tests.Drivers;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;
using Vivace.Testing.OpenAi;

namespace Vivace.Cli.Tests.Commands;

/// <summary><c>vivace history</c>, <c>profiles</c> and <c>cancel</c>.</summary>
public sealed class ReadingTests
{
    [Fact]
    public async Task A_history_is_printed_oldest_first_a_page_or_all_of_it()
    {
        await using var host = await VivaceHost.StartAsync();
        var cli = CommandLine.For(host);
        var conversation = await host.Client.ConverseAsync("""{"title":"Sums","defaultMode":"fast"}""");
        for (var i = 1; i <= 3; i++)
        {
            await conversation.SayAsync($"What is {i}+1?");
        }

        var page = await cli.RunAsync("history", conversation.Id, "--limit", "2");
        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d  user( \(\w+\))?: What is 3\+1\?\n\d{4}-\d\d-\d\d \d\d:\d\d:\d\d  assistant \(fast-v1\): 3\+1 = 4\n$", page.Out);
        Assert.Equal("There are older messages; --all prints them.\n", page.Error);
        var all = await cli.RunAsync("history", conversation.Id, "--limit", "2", "--all", "--json");
        Assert.Equal(
            ["What is 1+1?", "1+1 = 2", "What is 2+1?", "2+1 = 3", "What is 3+1?", "3+1 = 4"],
            all.Json.GetProperty("messages").EnumerateArray().Select(m => m.At("text")));
    }

    [Fact]
    public async Task Without_a_conversation_the_conversations_are_listed()
    {
        await using var host = await VivaceHost.StartAsync();
        var cli = CommandLine.For(host);
        var first = await host.Client.ConverseAsync("""{"title":"Tea","defaultMode":"fast"}""");
        var second = await host.Client.ConverseAsync("""{"title":"Coffee and cake"}""");
        var list = await cli.RunAsync("history");
        Assert.Matches($@"^ID +CHANGED \(UTC\) +MODE  TITLE\n(.*\n)*{first.Id}  [^ ]+ [^ ]+  fast  Tea\n", list.Out);
        Assert.Contains("-     Coffee and cake\n", list.Out, StringComparison.Ordinal);
        var all = await cli.RunAsync("history", "--limit", "1", "--all", "--json");
        Assert.Equal(new[] { first.Id, second.Id }.Order(), all.Json.GetProperty("conversations").EnumerateArray().Select(c => c.At("id")).Order());
    }

    [Fact]
    public async Task Profiles_are_listed_with_their_hashes_and_one_is_shown_in_full()
    {
        await using var host = await VivaceHost.StartAsync();
        var cli = CommandLine.For(host);
        var json = (await cli.RunAsync("profiles", "--json")).Json.GetProperty("profiles").EnumerateArray().ToDictionary(p => p.At("name")!);
        var table = await cli.RunAsync("profiles");
        Assert.Contains($"fast-v1        fast     {json["fast-v1"].At("hash")![..12]}  ", table.Out, StringComparison.Ordinal);
        var one = await cli.RunAsync("profiles", "fast-v1");
        Assert.Contains(json["fast-v1"].At("hash")!, one.Out, StringComparison.Ordinal);
        Assert.Matches("actions +.*REPLY", one.Out);
        var none = await cli.RunAsync("profiles", "nope", "--json");
        Assert.Equal((1, "not-found"), (none.Code, none.Failure.At("kind")));
    }

    [Fact]
    public async Task Profiles_of_a_server_with_a_page_of_its_own_are_taken_from_there()
    {
        await using var host = await VivaceHost.StartAsync();
        await using var proxy = await TamperingProxy.StartAsync(host.Address, e => e.Path == "/api/profiles"
            ? e with { Status = 200, Answer = """{"profiles":[{"name":"later-v9","mode":"fast","hash":"abc","actions":["REPLY"],"evaluators":[{"name":"SAFETY","critical":true}]}]}""" }
            : e);
        var cli = CommandLine.For(proxy.Address);
        Assert.Equal("NAME      MODE  HASH  PROVIDERS  ACTIONS\nlater-v9  fast  abc   -          REPLY\n", (await cli.RunAsync("profiles")).Out);
        Assert.Contains("evaluators  SAFETY\n", (await cli.RunAsync("profiles", "later-v9")).Out, StringComparison.Ordinal);
        Assert.Equal("true", (await cli.RunAsync("profiles", "--json")).Json.At("profiles.0.evaluators.0.critical"));
    }

    [Fact]
    public async Task A_turn_is_cancelled_once_and_stays_so()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.Otherwise = OpenAiAnswer.Stalls();
        await using var host = await VivaceHost.StartAsync(model.Settings);
        var conversation = await host.Client.ConverseAsync();
        var cli = CommandLine.For(host);
        var saying = conversation.SayAsync("Hello", Said.Fast);
        await model.TalkAsync();
        var turnId = (await conversation.HistoryAsync())[0].TurnId;
        Assert.Equal(0, (await cli.RunAsync("cancel", turnId)).Code);
        Assert.Equal(409, (await saying).Status);
        Assert.Equal("cancelled\n", (await cli.RunAsync("cancel", turnId)).Out);
        Assert.Equal("cancelled", (await cli.RunAsync("cancel", turnId, "--json")).Json.At("status"));
        Assert.Equal(1, (await cli.RunAsync("cancel", "unknown")).Code);
    }
}
