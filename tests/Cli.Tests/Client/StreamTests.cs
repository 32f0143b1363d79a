using System.Globalization;
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
        var (connections, awaited) = (0, 0);
        var hurry = new TaskCompletionSource();
        await using var model = await OpenAiStandIn.StartAsync();
        model.Decide = _ => OpenAiAnswer.Streams(Chunks) with { BetweenChunks = TimeSpan.FromMilliseconds(50), Hurry = hurry.Task };
        await using var host = await VivaceHost.StartAsync([.. model.Settings, Eager]);
        await using var relay = new TcpRelay(() =>
        {
            if (Interlocked.Increment(ref connections) == Volatile.Read(ref awaited))
            {
                hurry.SetResult();
            }

            return host.Address.Port;
        });
        using var connected = Connected.Through(relay);
        var client = connected.Client;
        for (var every = 1; every <= 4; every++)
        {
            // Chunks that follow each other fast become few events; so they do only once the connection has broken often enough.
            var enough = 20 / every;
            hurry = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref awaited, Volatile.Read(ref connections) + enough);
            var id = (await client.Conversations.CreateAsync()).Id;
            var events = new List<TurnEvent>();
            await foreach (var next in client.Messages.StreamAsync(id, Go))
            {
                events.Add(next);
                if (events.Count % every == 0 && next is not TurnEnd)
                {
                    relay.BreakAll();
                }
            }

            Assert.Equal(Text, string.Concat(events.OfType<TurnText>().Select(e => e.Text)));
            Assert.Equal((TurnStatus.Done, Text), (Assert.IsType<TurnEnd>(events[^1]).Status, ((TurnEnd)events[^1]).FullText));
            Assert.Single(events.OfType<TurnEnd>());
            Assert.True(hurry.Task.IsCompleted, $"Fewer than {enough} connections were made.");
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
        using var nobody = new ReservedPort();
        var connections = 0;
        await using var relay = new TcpRelay(() => Interlocked.Increment(ref connections) <= 3 ? nobody.Number : host.Address.Port);
        using var connected = Connected.Through(relay);
        Assert.Equal("Once only.", await connected.Client.Messages.StreamAsync(id, Go).TextAsync());
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
        Assert.Equal(Text, await connected.Client.Messages.StreamAsync(id, Go).TextAsync());
    }

    [Fact]
    public async Task A_stream_is_refused_at_once_where_nobody_listens_or_the_conversation_is_unknown()
    {
        using var nobody = new ReservedPort();
        using var away = new Connected(nobody.Address);
        var unreachable = await Assert.ThrowsAsync<VivaceUnreachableException>(() => away.Client.Messages.StreamAsync("c", Go).TextAsync());
        Assert.True(unreachable.NeverSent);
        await using var host = await VivaceHost.StartAsync();
        using var connected = new Connected(host.Address);
        var unknown = await Assert.ThrowsAsync<VivaceProblemException>(() => connected.Client.Messages.StreamAsync("c", Go).TextAsync());
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
        Assert.Equal("Four words to replay."[middle.Id.Offset..], await client.Turns.ResumeAsync(middle.TurnId, middle.Id).TextAsync());
        Assert.Equal("Four words to replay.", await client.Turns.ResumeAsync(middle.TurnId).TextAsync());

        model.Otherwise = OpenAiAnswer.Fails(500);
        var failed = new List<TurnEvent>();
        await foreach (var next in client.Messages.StreamAsync(id, Go))
        {
            failed.Add(next);
        }

        var end = Assert.IsType<TurnEnd>(failed[^1]);
        Assert.Equal((TurnStatus.Failed, "model-failed"), (end.Status, end.Code));
    }
}
