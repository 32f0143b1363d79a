using System.Text.Json;
using Vivace.Cli.Tests.Drivers;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;
using Vivace.Testing.OpenAi;

namespace Vivace.Cli.Tests.Commands;

/// <summary><c>vivace dead-letters</c></summary>
public sealed class DeadLetterTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Dead_evaluations_are_listed_and_tried_again_one_or_all()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.Judge = _ => OpenAiAnswer.Says("no number");
        await using var host = await VivaceHost.StartAsync([.. model.Settings, "Evaluations:RetrySeconds=0.05"]);
        var cli = CommandLine.For(host);
        var conversation = await host.Client.ConverseAsync();
        var first = (await conversation.SayAsync("Hello", Said.Fast))["turnId"]!;
        var second = (await conversation.SayAsync("Hello again", Said.Fast))["turnId"]!;
        var dead = await DeadAsync(cli, 2);
        Assert.Equal([first, second], dead.Select(d => d.At("turnId")));
        Assert.Equal(("QUALITY_SCORE", "1"), (dead[0].At("evaluator"), dead[0].At("version")));
        var table = await cli.RunAsync("dead-letters", "list", "--limit", "1");
        Assert.Matches($@"^TURN +EVALUATOR +VERSION  ACCEPTED \(UTC\) +REASON\n{first}  QUALITY_SCORE  1        .*FormatException\n$", table.Out);
        Assert.Equal("There are more; --all prints them.\n", table.Error);
        Assert.Equal(2, (await cli.RunAsync("dead-letters", "list", "--limit", "1", "--all", "--json")).Json.GetProperty("deadLetters").GetArrayLength());

        model.Judge = _ => OpenAiAnswer.Says("70");
        var one = await cli.RunAsync("dead-letters", "requeue", first, "QUALITY_SCORE", "1");
        Assert.Equal((0, "1 requeued\n"), (one.Code, one.Out));
        Assert.Equal((1, "not-found"), await KindAsync(cli, first));
        var all = await cli.RunAsync("dead-letters", "requeue", "--all", "--json");
        Assert.Equal("1", all.Json.At("requeued"));
        await DeadAsync(cli, 0);
    }

    [Fact]
    public async Task They_need_an_operator_s_key()
    {
        await using var host = await VivaceHost.StartAsync(Keys.Settings(("ku", "user"), ("ko", "operator")));
        var cli = CommandLine.For(host);
        var refused = await cli.RunAsync("dead-letters", "list", "--key", "ku", "--json");
        Assert.Equal((1, "forbidden", "403"), (refused.Code, refused.Failure.At("kind"), refused.Failure.At("status")));
        Assert.Equal(0, (await cli.RunAsync("dead-letters", "list", "--key", "ko")).Code);
    }

    private static Task<JsonElement[]> DeadAsync(CommandLine cli, int count) => Eventually.GetAsync(
        async () => (await cli.RunAsync("dead-letters", "list", "--json")).Json.GetProperty("deadLetters").EnumerateArray().ToArray(), dead => dead.Length == count, Patience);

    private static async Task<(int Code, string? Kind)> KindAsync(CommandLine cli, string turnId)
    {
        var again = await cli.RunAsync("dead-letters", "requeue", turnId, "QUALITY_SCORE", "1", "--json");
        return (again.Code, again.Failure.At("kind"));
    }
}
