using Microsoft.Extensions.Time.Testing;
using Vivace.Cli.Tests.Drivers;
using Vivace.Client;
using Vivace.Client.Problems;
using Vivace.Client.Streams;
using Vivace.Contracts.Messages;

namespace Vivace.Cli.Tests.Client;

/// <summary>Streams of a server that ends, repeats and leaves out what it likes.</summary>
public sealed class StreamReaderTests
{
    private static readonly SendMessageRequest Go = new() { Text = "Go" };

    [Fact]
    public async Task A_client_comes_again_when_the_server_asked_it_to_and_not_before()
    {
        await using var server = await SseStandIn.StartAsync(
            SseStandIn.Token("1-0-3", "One") + "retry: 5000\n\n", SseStandIn.Token("1-1-6", "Two") + SseStandIn.Done("1-2-6", "OneTwo"));
        var time = new FakeTimeProvider();

        // Nothing but the pause may end while time passes, however slow the machine is.
        var patient = new VivaceClientOptions { StreamSilence = TimeSpan.FromHours(1), ReconnectFor = TimeSpan.FromHours(1) };
        using var connected = new Connected(server.Address, patient, time);
        await using var events = connected.Client.Messages.StreamAsync("c", Go).GetAsyncEnumerator();
        Assert.True(await events.MoveNextAsync());
        Assert.Equal("One", Assert.IsType<TurnText>(events.Current).Text);

        // The pause begins once the end of the response is seen; until then advancing changes nothing.
        var next = events.MoveNextAsync().AsTask();
        var waited = TimeSpan.Zero;
        await Eventually.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            waited += TimeSpan.FromMilliseconds(100);
            return server.Requests.Count == 2;
        });
        Assert.True(waited >= TimeSpan.FromSeconds(5), $"It came again after {waited.TotalSeconds} s.");
        Assert.Equal("GET /api/turns/t/stream 1-0-3", server.Requests[1]);
        Assert.True(await next);
        Assert.Equal("Two", Assert.IsType<TurnText>(events.Current).Text);
        Assert.True(await events.MoveNextAsync());
        Assert.Equal("OneTwo", Assert.IsType<TurnEnd>(events.Current).FullText);
        Assert.False(await events.MoveNextAsync());
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
        Assert.Equal("OneTwoThree", await connected.Client.Messages.StreamAsync("c", Go).TextAsync());
        Assert.Equal("GET /api/turns/t/stream 1-0-3", server.Requests[1]);
    }

    [Fact]
    public async Task A_stream_that_brings_nothing_any_more_is_given_up()
    {
        await using var server = await SseStandIn.StartAsync(SseStandIn.Token("1-0-3", "One"));
        var time = new FakeTimeProvider();
        using var connected = new Connected(server.Address, new VivaceClientOptions { ReconnectDelay = TimeSpan.Zero }, time);

        // Time passes with requests and not between them.
        server.Asked = () => time.Advance(TimeSpan.FromSeconds(10));
        var lost = await Assert.ThrowsAsync<VivaceUnreachableException>(() => connected.Client.Messages.StreamAsync("c", Go).TextAsync());
        Assert.Contains("turn t", lost.Message, StringComparison.Ordinal);
        // One brought text; the seventh after it is the first to end more than 60 s later.
        Assert.Equal(8, server.Requests.Count);
    }
}
