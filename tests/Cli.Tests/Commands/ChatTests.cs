using Vivace.Cli.Tests.Drivers;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;

namespace Vivace.Cli.Tests.Commands;

/// <summary><c>vivace chat</c></summary>
public sealed class ChatTests
{
    [Fact]
    public async Task Every_line_is_answered_and_a_mode_counts_for_its_line_alone()
    {
        await using var host = await VivaceHost.StartAsync();
        var cli = CommandLine.For(host) with { Input = "My name is Ana\n\n/fast What is my name?\nWhat is 1+1?\n/quit\nNever said\n" };
        var chat = await cli.RunAsync("chat");
        Assert.Equal((0, "Nice to meet you, Ana!\nYour name is Ana.\nThe result is 2.\n"), (chat.Code, chat.Out));
        Assert.Equal(["default", "fast", "default"], chat.Error.Split('\n').Where(l => l.StartsWith("Done", StringComparison.Ordinal)).Select(l => l.Split(' ')[2]));
    }

    [Fact]
    public async Task As_json_every_event_is_a_line()
    {
        await using var host = await VivaceHost.StartAsync();
        var chat = await (CommandLine.For(host) with { Input = "What is 1+1?\nWhat is 2+2?\n" }).RunAsync("chat", "--mode", "fast", "--json");
        Assert.Equal("conversation", chat.Lines[0].At("type"));
        Assert.Equal(["1+1 = 2", "2+2 = 4"], chat.Lines.Where(l => l.At("type") == "done").Select(l => l.At("fullText")));
        Assert.Equal("", chat.Error);
    }

    [Fact]
    public async Task A_refused_message_does_not_end_the_chat_and_shows_in_the_exit_code()
    {
        await using var host = await VivaceHost.StartAsync("Limits:MessagesPerMinute=1");
        var chat = await (CommandLine.For(host) with { Input = "What is 1+1?\nWhat is 2+2?\n" }).RunAsync("chat", "--mode", "fast");
        Assert.Equal((1, "1+1 = 2\n"), (chat.Code, chat.Out));
        Assert.Contains("Refused (429 too-many-requests)", chat.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_conversation_is_told_before_anything_is_read()
    {
        await using var host = await VivaceHost.StartAsync();
        var chat = await (CommandLine.For(host) with { Input = "Hello\n" }).RunAsync("chat", "--conversation", "unknown");
        Assert.Equal((1, "", "Refused (404 not-found): There is no such thing. There is no such conversation.\n"), (chat.Code, chat.Out, chat.Error));
    }
}
