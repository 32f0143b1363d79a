using Vivace.Cli.Tests.Drivers;
using Vivace.Testing.Hosting;
using Vivace.Testing.OpenAi;

namespace Vivace.Cli.Tests.Commands;

/// <summary>Ctrl-C, on the program as a process of its own.</summary>
public sealed class InterruptTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("--stream")]
    [InlineData("--json", "--stream")]
    [InlineData]
    [InlineData("--json")]
    public async Task Ctrl_C_cancels_the_turn_on_the_server_and_ends_with_130(params string[] form)
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.Decide = request => request.Streamed
            ? OpenAiAnswer.Streams("A line.\n", "Never finished.") with { Until = new TaskCompletionSource().Task, UntilAfterChunks = 1 }
            : OpenAiAnswer.Stalls();
        await using var host = await VivaceHost.StartAsync(model.Settings);
        var conversation = await host.Client.ConverseAsync();
        await using var process = VivaceProcess.StartOther(
            "vivace.dll", host.Folder, new Dictionary<string, string> { ["VIVACE_ENDPOINT"] = host.Address.AbsoluteUri },
            ["send", "Hello", "--mode", "fast", "--conversation", conversation.Id, .. form]);
        var request = await model.TalkAsync();
        if (form.Contains("--stream"))
        {
            await Eventually.TrueAsync(() => process.Output.Contains("A line.", StringComparison.Ordinal));
        }

        await process.SignalAsync("INT");
        Assert.Equal(130, await process.ExitAsync());
        var turn = await conversation.EndedTurnAsync((await conversation.HistoryAsync())[0].TurnId);
        Assert.Equal("cancelled", turn["status"]);
        await request.Aborted.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_chat_is_interrupted_while_it_waits_for_a_line()
    {
        await using var host = await VivaceHost.StartAsync();
        using var interrupt = new CancellationTokenSource();
        using var input = new WaitingReader();
        var chat = (CommandLine.For(host) with { Reader = input }).RunAsync(interrupt.Token, "chat");
        await input.Asked.WaitAsync(Patience);
        Assert.False(chat.IsCompleted);
        await interrupt.CancelAsync();
        Assert.Equal(130, (await chat.WaitAsync(Patience)).Code);
    }
}
