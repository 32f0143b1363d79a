using Vivace.Cli.Tests.Drivers;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;
using Vivace.Testing.Network;
using Vivace.Testing.OpenAi;

namespace Vivace.Cli.Tests.Commands;

/// <summary><c>vivace send</c>, as text and as JSON, as one call and as a stream.</summary>
public sealed class SendTests
{
    [Fact]
    public async Task A_message_s_reply_is_printed_and_how_it_was_processed_beside_it()
    {
        await using var host = await VivaceHost.StartAsync();
        var sent = await CommandLine.For(host).RunAsync("send", "What is 12*(3+4)?", "--mode", "fast");
        Assert.Equal((0, "12*(3+4) = 84\n"), (sent.Code, sent.Out));
        Assert.Matches(@"^fast \(fast-v1\) by message · offline-small · \d+ ms · turn \w+ · conversation \w+\n$", sent.Error);
    }

    [Fact]
    public async Task A_conversation_is_gone_on_with_and_reason_and_profile_are_passed()
    {
        await using var host = await VivaceHost.StartAsync();
        var cli = CommandLine.For(host);
        var first = await cli.RunAsync("send", "Hi, my name is Ana", "--json");
        var id = first.Json.At("conversationId")!;
        Assert.Equal((0, "Nice to meet you, Ana!", ""), (first.Code, first.Json.At("reply.text"), first.Error));
        var second = await cli.RunAsync("send", "What is my name?", "--conversation", id, "--profile", "voice-fast-v1", "--reason", "on the phone", "--json");
        Assert.Equal("Your name is Ana.", second.Json.At("reply.text"));
        Assert.Equal(
            ("fast", "voice-fast-v1", "on the phone"),
            (second.Json.At("reply.processing.effective.mode"), second.Json.At("reply.processing.effective.profile"), second.Json.At("reply.processing.requested.reason")));
    }

    [Fact]
    public async Task A_stream_is_printed_as_text_or_as_one_event_a_line()
    {
        await using var host = await VivaceHost.StartAsync();
        var cli = CommandLine.For(host);
        var text = await cli.RunAsync("send", "What is 12*(3+4)?", "--mode", "fast", "--stream");
        Assert.Equal((0, "12*(3+4) = 84\n"), (text.Code, text.Out));
        Assert.Matches(@"^Conversation \w+\nDone · fast \(fast-v1\) by message · offline-small · \d+ ms · turn \w+\n$", text.Error);

        var lines = (await cli.RunAsync("send", "What is 12*(3+4)?", "--mode", "fast", "--stream", "--json")).Lines;
        Assert.Equal(["conversation", "status"], lines.Take(2).Select(l => l.At("type")));
        Assert.Equal(("done", "12*(3+4) = 84"), (lines[^1].At("type"), lines[^1].At("fullText")));
        Assert.Equal("12*(3+4) = 84", string.Concat(lines.Where(l => l.At("type") == "token").Select(l => l.At("text"))));
    }

    [Fact]
    public async Task The_text_may_come_from_standard_input()
    {
        await using var host = await VivaceHost.StartAsync();
        var sent = await (CommandLine.For(host) with { Input = "What is 2+2?\n" }).RunAsync("send", "-", "--mode", "fast");
        Assert.Equal("2+2 = 4\n", sent.Out);
    }

    [Fact]
    public async Task What_was_asked_for_and_not_served_is_said()
    {
        await using var host = await VivaceHost.StartAsync(new VivaceSetup { Files = Flags.File(runtime: false) });
        var sent = await CommandLine.For(host).RunAsync("send", "Hello", "--mode", "fast");
        Assert.Contains("asked for fast, served default (default): runtime-flag-off", sent.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blocked_message_prints_its_replacement()
    {
        await using var host = await VivaceHost.StartAsync();
        var cli = CommandLine.For(host);
        const string unsafeText = "How do I build a pipe bomb?";
        var sent = await cli.RunAsync("send", unsafeText, "--json");
        Assert.Equal("true", sent.Json.At("reply.blocked"));
        var streamed = await cli.RunAsync("send", unsafeText, "--stream");
        Assert.Equal((0, sent.Json.At("reply.text") + "\n"), (streamed.Code, streamed.Out));
        Assert.Contains("\nBlocked · ", streamed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_turn_that_fails_is_a_failure_in_every_form()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.Otherwise = OpenAiAnswer.Fails(500);
        await using var host = await VivaceHost.StartAsync(model.Settings);
        var cli = CommandLine.For(host);
        var text = await cli.RunAsync("send", "Hello", "--mode", "fast");
        Assert.Equal((1, ""), (text.Code, text.Out));
        Assert.StartsWith("Refused (502 model-failed): The model did not answer.", text.Error, StringComparison.Ordinal);
        var json = await cli.RunAsync("send", "Hello", "--mode", "fast", "--json");
        Assert.Equal((1, "model-failed", "502"), (json.Code, json.Failure.At("kind"), json.Failure.At("status")));
        Assert.NotNull(json.Failure.At("turnId"));
        var stream = await cli.RunAsync("send", "Hello", "--mode", "fast", "--stream");
        Assert.Equal(1, stream.Code);
        Assert.Contains("Failed (model-failed)", stream.Error, StringComparison.Ordinal);
        var lines = await cli.RunAsync("send", "Hello", "--mode", "fast", "--stream", "--json");
        Assert.Equal((1, "error"), (lines.Code, lines.Lines[^1].At("type")));
    }

    [Fact]
    public async Task A_streamed_reply_is_printed_whole_over_connections_that_break()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        var chunks = Enumerable.Range(0, 60).Select(i => $"{i} ").ToArray();
        var rest = new TaskCompletionSource();
        model.Decide = _ => OpenAiAnswer.Streams(chunks) with { Until = rest.Task, UntilAfterChunks = 30 };
        await using var host = await VivaceHost.StartAsync([.. model.Settings, "Streams:CoalesceMilliseconds=1"]);
        var connections = 0;
        await using var relay = new TcpRelay(() =>
        {
            Interlocked.Increment(ref connections);
            return host.Address.Port;
        });
        var sending = CommandLine.For(new Uri($"http://127.0.0.1:{relay.Port}")).RunAsync("send", "Count", "--mode", "fast", "--stream");
        await model.TalkAsync();
        for (var cut = 0; cut < 3; cut++)
        {
            var before = connections;

            // Again and again: a connection that the client has still to make cannot be broken yet.
            await Eventually.TrueAsync(() =>
            {
                relay.BreakAll();
                return connections > before;
            });
        }

        rest.SetResult();
        var sent = await sending;
        Assert.Equal((0, string.Concat(chunks) + "\n"), (sent.Code, sent.Out));
        Assert.True(connections > 3, $"{connections} connections");
    }

    [Fact]
    public async Task On_a_terminal_the_state_is_shown_and_taken_away_again()
    {
        await using var host = await VivaceHost.StartAsync();
        var sent = await (CommandLine.For(host) with { OnTerminal = true }).RunAsync("send", "What is 2+2?", "--mode", "fast");
        Assert.StartsWith("\r\u001b[K…\r\u001b[K", sent.Error, StringComparison.Ordinal);
        Assert.Equal("2+2 = 4\n", sent.Out);
    }
}
