using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Vivace.Cli.Tests.Drivers;
using Vivace.Client;
using Vivace.Client.Problems;
using Vivace.Client.Streams;
using Vivace.Contracts.Messages;
using Vivace.Contracts.Processing;
using Vivace.Contracts.Turns;
using Vivace.Testing.Hosting;
using Vivace.Testing.Network;
using Vivace.Testing.OpenAi;

namespace Vivace.Cli.Tests.Client;

/// <summary>Streams whose connections break, and that arrive whole all the same.</summary>
public sealed class StreamTests
{
    private const string Eager = "Streams:CoalesceMilliseconds=1";

    private static readonly SendMessageRequest Go = new() { Text = "Go", Processing = new ProcessingRequest { Mode = ProcessingMode.Fast } };

    private static readonly string[] Chunks
        = [.. Enumerable.Range(0, 120).Select(i => string.Create(CultureInfo.InvariantCulture, $"{(i % 3 == 0 ? "😀" : "日本 é")}{i} "))];

    private static string Text => string.Concat(Chunks);

    [Fact]
    public async Task A_stream_whose_connection_breaks_after_every_few_events_arrives_whole_with_one_end()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.Decide = _ => OpenAiAnswer.Streams(Chunks) with { BetweenChunks = TimeSpan.FromMilliseconds(2) };
        await using var host = await VivaceHost.StartAsync([.. model.Settings, Eager]);
        var connections = 0;
        await using var relay = new TcpRelay(() =>
        {
            Interlocked.Increment(ref connections);
            return host.Address.Port;
        });
        using var connected = Connected.Through(relay);
        var client = connected.Client;
        for (var every = 1; every <= 4; every++)
        {
            var before = connections;
            var id = (await client.Conversations.CreateAsync()).Id;
            var events = new List<TurnEvent>();
            await foreach (var next in client.Messages.StreamAsync(id, Go))
            {
                events.Add(next);
                if (events.Count % every == 0 && events.Count < 40)
                {
                    relay.BreakAll();
                }
            }

            Assert.Equal(Text, string.Concat(events.OfType<TurnText>().Select(e => e.Text)));
            Assert.Equal((TurnStatus.Done, Text), (Assert.IsType<TurnEnd>(events[^1]).Status, ((TurnEnd)events[^1]).FullText));
            Assert.Single(events.OfType<TurnEnd>());
            Assert.True(connections - before > 2, $"Only {connections - before} connections were made.");
            Assert.Equal(2, (await client.Messages.HistoryAsync(id)).Messages.Count);
        }
    }

    [Fact]
    public async Task A_message_whose_connection_breaks_before_the_answer_is_sent_again_and_answered_once()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.Otherwise = OpenAiAnswer.Streams("Once ", "only.");
        await using var host = await VivaceHost.StartAsync([.. model.Settings, Eager]);
        using var direct = new Connected(host.Address);
        var id = (await direct.Client.Conversations.CreateAsync()).Id;
        var dead = FreePort.Find();
        var connections = 0;
        await using var relay = new TcpRelay(() => Interlocked.Increment(ref connections) <= 3 ? dead : host.Address.Port);
        using var connected = Connected.Through(relay);
        Assert.Equal("Once only.", await TextAsync(connected.Client.Messages.StreamAsync(id, Go)));
        Assert.Equal(4, connections);
        Assert.Equal(2, (await direct.Client.Messages.HistoryAsync(id)).Messages.Count);
        Assert.Single(model.Talks);
    }

    [Fact]
    public async Task A_half_open_connection_is_given_up_and_the_stream_goes_on_over_another()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        var rest = new TaskCompletionSource();
        model.Then(OpenAiAnswer.Streams("Half ", "open.") with { Until = rest.Task, UntilAfterChunks = 1 });
        await using var host = await VivaceHost.StartAsync([.. model.Settings, Eager]);
        var connections = 0;
        TcpRelay? silent = null;
        await using var relay = silent = new TcpRelay(() =>
        {
            if (Interlocked.Increment(ref connections) > 2)
            {
                silent!.IsSilent = false;
                rest.TrySetResult();
            }

            return host.Address.Port;
        });
        var patience = TimeSpan.FromMilliseconds(500);
        using var connected = Connected.Through(relay, new VivaceClientOptions { StreamSilence = patience, ReconnectDelay = TimeSpan.FromMilliseconds(1) });
        var id = (await connected.Client.Conversations.CreateAsync()).Id;
        var text = "";
        await foreach (var next in connected.Client.Messages.StreamAsync(id, Go))
        {
            text += (next as TurnText)?.Text;
            if (next is TurnText && !rest.Task.IsCompleted)
            {
                relay.IsSilent = true;
            }
        }

        Assert.Equal("Half open.", text);
        Assert.True(connections > 2, $"{connections} connections");
    }

    [Fact]
    public async Task Responses_that_end_with_the_request_to_come_again_are_joined()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.Decide = _ => OpenAiAnswer.Streams(Chunks) with { BetweenChunks = TimeSpan.FromMilliseconds(15) };
        await using var host = await VivaceHost.StartAsync([.. model.Settings, Eager, "Streams:ConnectionSeconds=1"]);
        using var connected = new Connected(host.Address);
        var id = (await connected.Client.Conversations.CreateAsync()).Id;
        Assert.Equal(Text, await TextAsync(connected.Client.Messages.StreamAsync(id, Go)));
    }

    [Fact]
    public async Task A_client_comes_again_when_the_server_asked_it_to_and_not_before()
    {
        await using var server = await SseStandIn.StartAsync(
            SseStandIn.Token("1-0-3", "One") + "retry: 5000\n\n", SseStandIn.Token("1-1-6", "Two") + SseStandIn.Done("1-2-6", "OneTwo"));
        var time = new FakeTimeProvider();
        using var connected = new Connected(server.Address, new VivaceClientOptions(), time);
        var reading = TextAsync(connected.Client.Messages.StreamAsync("c", Go));
        await Eventually.TrueAsync(() => server.Requests.Count == 1);

        // The pause begins once the end of the response is seen; until then advancing changes nothing.
        var waited = TimeSpan.Zero;
        await Eventually.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            waited += TimeSpan.FromMilliseconds(100);
            return server.Requests.Count == 2;
        });
        Assert.True(waited >= TimeSpan.FromSeconds(5), $"It came again after {waited.TotalSeconds} s.");
        Assert.Equal("OneTwo", await reading);
        Assert.Equal("GET /api/turns/t/stream 1-0-3", server.Requests[1]);
    }

    [Fact]
    public async Task Text_that_comes_twice_is_given_once_and_of_two_ends_only_the_first()
    {
        await using var server = await SseStandIn.StartAsync(
            SseStandIn.Token("1-0-3", "One") + SseStandIn.Token("1-1-6", "Two"),
            SseStandIn.Token("1-0-6", "OneTwo") + SseStandIn.Token("1-1-10", "wo😀4") + SseStandIn.Done("1-2-9", "OneTwo😀4") + SseStandIn.Done("1-3-9", "Other"));
        using var connected = new Connected(server.Address);
        var events = new List<TurnEvent>();
        await foreach (var next in connected.Client.Messages.StreamAsync("c", Go))
        {
            events.Add(next);
        }

        Assert.Equal(["One", "Two"], events.OfType<TurnText>().Select(e => e.Text).Take(2));
        Assert.Equal("OneTwo😀4", Assert.IsType<TurnEnd>(events[^1]).FullText);
        Assert.Equal(4, events.Count);
    }

    [Fact]
    public async Task A_gap_in_the_text_is_fetched_again()
    {
        await using var server = await SseStandIn.StartAsync(
            SseStandIn.Token("1-0-3", "One") + SseStandIn.Token("1-2-11", "Three"),
            SseStandIn.Token("1-1-6", "Two") + SseStandIn.Token("1-2-11", "Three") + SseStandIn.Done("1-3-11", "OneTwoThree"));
        using var connected = new Connected(server.Address);
        Assert.Equal("OneTwoThree", await TextAsync(connected.Client.Messages.StreamAsync("c", Go)));
        Assert.Equal("GET /api/turns/t/stream 1-0-3", server.Requests[1]);
    }

    [Fact]
    public async Task A_stream_that_brings_nothing_any_more_is_given_up()
    {
        await using var server = await SseStandIn.StartAsync(SseStandIn.Token("1-0-3", "One"));
        var time = new FakeTimeProvider();
        using var connected = new Connected(server.Address, new VivaceClientOptions(), time);
        var reading = TextAsync(connected.Client.Messages.StreamAsync("c", Go));
        await Eventually.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return reading.IsCompleted;
        });
        var lost = await Assert.ThrowsAsync<VivaceUnreachableException>(() => reading);
        Assert.Contains("turn t", lost.Message, StringComparison.Ordinal);
        Assert.True(server.Requests.Count > 3, $"{server.Requests.Count} requests");
    }

    [Fact]
    public async Task A_stream_is_refused_at_once_where_nobody_listens_or_the_conversation_is_unknown()
    {
        using var away = new Connected(new Uri($"http://127.0.0.1:{FreePort.Find()}"));
        var unreachable = await Assert.ThrowsAsync<VivaceUnreachableException>(() => TextAsync(away.Client.Messages.StreamAsync("c", Go)));
        Assert.True(unreachable.NeverSent);
        await using var host = await VivaceHost.StartAsync();
        using var connected = new Connected(host.Address);
        var unknown = await Assert.ThrowsAsync<VivaceProblemException>(() => TextAsync(connected.Client.Messages.StreamAsync("c", Go)));
        Assert.Equal(404, unknown.Status);
    }

    [Fact]
    public async Task A_stream_ends_with_how_its_turn_ended_and_is_replayed_from_any_event()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.Then(OpenAiAnswer.Streams("Four ", "words ", "to ", "replay."), OpenAiAnswer.Malformed("{"));
        await using var host = await VivaceHost.StartAsync([.. model.Settings, Eager]);
        using var connected = new Connected(host.Address);
        var client = connected.Client;
        var id = (await client.Conversations.CreateAsync()).Id;
        var events = new List<TurnEvent>();
        await foreach (var next in client.Messages.StreamAsync(id, Go))
        {
            events.Add(next);
        }

        var middle = events.OfType<TurnText>().First();
        Assert.Equal("Four words to replay."[middle.Id.Offset..], await TextAsync(client.Turns.ResumeAsync(middle.TurnId, middle.Id)));
        Assert.Equal("Four words to replay.", await TextAsync(client.Turns.ResumeAsync(middle.TurnId)));

        model.Otherwise = OpenAiAnswer.Fails(500);
        var failed = new List<TurnEvent>();
        await foreach (var next in client.Messages.StreamAsync(id, Go))
        {
            failed.Add(next);
        }

        var end = Assert.IsType<TurnEnd>(failed[^1]);
        Assert.Equal((TurnStatus.Failed, "model-failed"), (end.Status, end.Code));
    }

    private static async Task<string> TextAsync(IAsyncEnumerable<TurnEvent> events)
    {
        var text = "";
        await foreach (var next in events)
        {
            text += (next as TurnText)?.Text;
        }

        return text;
    }
}
