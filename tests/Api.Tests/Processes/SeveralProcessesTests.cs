using Vivace.Api.Tests.Streams;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;
using Vivace.Testing.OpenAi;
using Vivace.Testing.Streams;

namespace Vivace.Api.Tests.Processes;

/// <summary>Several processes on one storage folder: one runs the broker, any of them runs turns and serves their streams.</summary>
public sealed class SeveralProcessesTests
{
    private const string Eager = "Streams:CoalesceMilliseconds=1";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const string AnyPort = "ServiceBus:Embedded:Port=0";

    [Fact]
    public async Task A_stream_can_be_read_from_either_process_and_from_both_at_once()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.Decide = LongReply.Decide(TimeSpan.FromMilliseconds(10));
        await using var first = await StartAsync(model);
        await using var second = await StartAsync(model, beside: first);
        for (var run = 0; run < 6; run++)
        {
            var conversation = await first.Client.ConverseAsync();
            var said = new Said(LongReply.Ask(run, 60), Said.Fast);
            var here = new ResumingReader(first.Client, conversation.Path, said, "k");
            var reading = here.ReadAsync([]);
            await Eventually.TrueAsync(() => here.Text.Length > 0);
            var there = new ResumingReader(second.Client, conversation.Path, said, "k");
            await Task.WhenAll(reading, there.ReadAsync([new Cut(3), new Cut(2, 7)]));
            Assert.Empty(here.Faults(LongReply.Text(run, 60)));
            Assert.Empty(there.Faults(LongReply.Text(run, 60)));
            Assert.Equal(run + 1, model.Talks.Count);
        }
    }

    [Fact]
    public async Task A_turn_is_cancelled_from_the_process_that_does_not_run_it()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.Otherwise = OpenAiAnswer.Stalls();
        await using var first = await StartAsync(model);
        await using var second = await StartAsync(model, beside: first);
        foreach (var (run, host) in new[] { first, second, first, second }.Index())
        {
            var conversation = await host.Client.ConverseAsync();
            await using var stream = await conversation.OpenStreamAsync(new Said("Hi", Said.Fast));
            var accepted = (await stream.NextAsync())!;
            var upstream = await model.TalkAsync(run);
            var other = host == first ? second : first;
            Assert.InRange((await other.Client.DeleteAsync($"/api/turns/{accepted["turnId"]}")).Status, 200, 202);
            await upstream.Aborted.WaitAsync(Patience);
            Assert.Equal("cancelled", (await stream.UntilAsync(e => e.IsTerminal)).Type);
        }
    }

    [Fact]
    public async Task When_the_process_with_the_broker_is_killed_another_takes_it_over_with_all_that_was_in_it()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        await using var first = await StartAsync(model, asProcess: true);
        await using var second = await StartAsync(model, beside: first, asProcess: true);
        await using var third = await StartAsync(model, beside: first, asProcess: true);
        foreach (var broker in new[] { first, second })
        {
            var stall = new TaskCompletionSource();
            model.Decide = request => request.Prompt("user") == "Stall" ? OpenAiAnswer.Says("late") with { Until = stall.Task } : null;
            var conversation = await third.Client.ConverseAsync();
            await using var running = await conversation.OpenStreamAsync(new Said("Stall", Said.Fast));
            await running.NextAsync();
            var waiting = new ResumingReader(third.Client, conversation.Path, new Said("Hello", Said.Fast), "k");
            var reading = waiting.ReadAsync([]);
            await Eventually.TrueAsync(() => waiting.TurnId is not null);
            await broker.StopAsync();
            stall.SetResult();
            await reading.WaitAsync(Patience);
            Assert.Equal("done", waiting.Events[^1].Type);
            Assert.Contains((await running.UntilAsync(e => e.IsTerminal).WaitAsync(Patience)).Type, new[] { "done", "interrupted" });
            var next = await (await third.Client.ConverseAsync()).StreamAsync("And now?", Said.Fast).WaitAsync(Patience);
            Assert.Equal("done", next.Terminal.Type);
        }
    }

    [Fact]
    public async Task A_stream_outlives_fifteen_crashes_of_the_process_that_relays_it()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        var enough = new TaskCompletionSource();
        model.Decide = request => LongReply.Decide(TimeSpan.FromMilliseconds(200))(request) is { } answer ? answer with { Hurry = enough.Task } : null;
        await using var worker = await StartAsync(model);
        await using var relay = await StartAsync(model, beside: worker, asProcess: true, "Turns:Run=false");
        var conversation = await relay.Client.ConverseAsync();
        var reader = new ResumingReader(relay.Client, conversation.Path, new Said(LongReply.Ask(5, 600)), "k");
        for (var crash = 0; crash < 15 && !reader.HasEnded; crash++)
        {
            await reader.ConnectAsync(new Cut(crash == 0 ? 2 : 1, InsideCodePoint: true));
            await relay.StopAsync();
            await relay.StartAgainAsync();
        }

        Assert.False(reader.HasEnded);
        enough.SetResult();
        await reader.ReadAsync([]);
        Assert.Empty(reader.Faults(LongReply.Text(5, 600)));
        Assert.Single(model.Talks);
    }

    private static Task<VivaceHost> StartAsync(OpenAiStandIn model, VivaceHost? beside = null, bool asProcess = false, params string[] settings)
        => VivaceHost.StartAsync(new VivaceSetup { Settings = [.. model.Settings, Eager, AnyPort, "Turns:SweepSeconds=1", "Turns:ResendSeconds=2", .. settings], Beside = beside, AsProcess = asProcess });
}
