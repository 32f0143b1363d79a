using Vivace.Testing.Hosting;
using Vivace.Testing.Http;
using Vivace.Testing.OpenAi;
using Vivace.Testing.Streams;
using Xunit.Abstractions;

namespace Vivace.Api.Tests.Streams;

/// <summary>Streams whose connections are cut, and that arrive whole all the same.</summary>
public sealed class ResumeTests(ITestOutputHelper output)
{
    /// <summary>Small chunks, so that a stream has many events.</summary>
    private const string Eager = "Streams:CoalesceMilliseconds=1";

    [Fact]
    public async Task Streams_cut_at_any_event_within_one_and_inside_a_code_point_arrive_whole()
    {
        const int atOnce = 24;
        var runs = Release.Size(240, 10_000);
        var seed = Random.Shared.Next(1_000_000);
        output.WriteLine($"{runs} runs, seed {seed}");
        await using var model = await OpenAiStandIn.StartAsync();
        model.Decide = LongReply.Decide(TimeSpan.FromMilliseconds(1));
        await using var host = await VivaceHost.StartAsync([.. model.Settings, Eager]);
        var (connections, events) = (0, 0);
        await Parallel.ForEachAsync(Enumerable.Range(0, runs), new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (run, cancellation) =>
        {
            var random = new Random(seed + run);
            var chunks = random.Next(1, 201);
            var conversation = await host.Client.ConverseAsync();
            var reader = new ResumingReader(host.Client, conversation.Path, new Said(LongReply.Ask(run, chunks), Said.Fast), $"run-{run}");
            await reader.ReadAsync(Cuts(random), cancellation);
            Assert.True(reader.Faults(LongReply.Text(run, chunks)) is [], $"Run {run} of seed {seed}: {string.Join(' ', reader.Faults(LongReply.Text(run, chunks)))}");
            Interlocked.Add(ref connections, reader.Connections);
            Interlocked.Add(ref events, reader.Events.Count);
        });
        output.WriteLine($"{connections} connections, {events} events");
        Assert.True(connections > runs, "Hardly any stream was cut.");
        Assert.True(events > runs * 5, "The streams had hardly any events.");
    }

    [Fact]
    public async Task A_stream_of_thousands_of_chunks_arrives_whole_and_is_replayed_byte_for_byte()
    {
        const int chunks = 5000;
        await using var model = await OpenAiStandIn.StartAsync();
        model.Decide = LongReply.Decide(TimeSpan.Zero);
        await using var host = await VivaceHost.StartAsync([.. model.Settings, Eager]);
        var conversation = await host.Client.ConverseAsync();
        var reader = new ResumingReader(host.Client, conversation.Path, new Said(LongReply.Ask(1, chunks), Said.Fast), "long");
        await reader.ReadAsync([]);
        Assert.Empty(reader.Faults(LongReply.Text(1, chunks)));

        foreach (var position in new[] { 0, 1, reader.Events.Count / 2, reader.Events.Count - 2 })
        {
            var from = reader.Events[position];
            using var response = await host.As("Last-Event-ID", from.Id).OpenAsync(HttpMethod.Get, $"/api/turns/{reader.TurnId}/stream", null);
            await using var stream = new SseStream(response);
            var rest = await stream.ReadToEndAsync();
            Assert.Equal(reader.Text[from.Offset..], rest.Text);
            Assert.Equal(reader.Events[^1].Data.GetRawText(), rest.Terminal.Data.GetRawText());
        }
    }

    [Fact]
    public async Task Two_readers_of_one_stream_both_get_all_of_it()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        var rest = new TaskCompletionSource();
        model.Then(OpenAiAnswer.Streams("One, ", "two, ", "three.") with { Until = rest.Task, UntilAfterChunks = 1 });
        await using var host = await VivaceHost.StartAsync([.. model.Settings, Eager]);
        var conversation = await host.Client.ConverseAsync();
        var said = new Said("Count", Said.Fast);
        var first = new ResumingReader(host.Client, conversation.Path, said, "both");
        var reading = first.ReadAsync([]);
        await Eventually.TrueAsync(() => first.Text.Length > 0);
        var second = new ResumingReader(host.Client, conversation.Path, said, "both");
        var alsoReading = second.ReadAsync([]);
        await Eventually.TrueAsync(() => second.Text.Length > 0);
        rest.SetResult();
        await Task.WhenAll(reading, alsoReading);
        Assert.Empty(first.Faults("One, two, three."));
        Assert.Empty(second.Faults("One, two, three."));
        Assert.Equal(first.TurnId, second.TurnId);
        Assert.Single(model.Talks);
    }

    [Fact]
    public async Task A_reader_comes_back_while_its_old_connection_is_half_open()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        var rest = new TaskCompletionSource();
        model.Then(OpenAiAnswer.Streams("Half ", "open.") with { Until = rest.Task, UntilAfterChunks = 1 });
        await using var host = await VivaceHost.StartAsync([.. model.Settings, Eager]);
        var conversation = await host.Client.ConverseAsync();
        await using var old = await conversation.WithKey("k").OpenStreamAsync(new Said("Go", Said.Fast));
        var seen = await old.UntilAsync(e => e.Type == "token");
        using var response = await host.As("Last-Event-ID", seen.Id).OpenAsync(HttpMethod.Get, $"/api/turns/{seen["turnId"]}/stream", null);
        await using var again = new SseStream(response);
        rest.SetResult();
        var end = await again.UntilAsync(e => e.IsTerminal);
        Assert.Equal("Half open.", end["fullText"]);
    }

    [Fact]
    public async Task Before_a_front_end_would_cut_it_a_response_ends_with_the_request_to_come_again()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.Decide = LongReply.Decide(TimeSpan.FromMilliseconds(20));
        await using var host = await VivaceHost.StartAsync([.. model.Settings, Eager, "Streams:ConnectionSeconds=1"]);
        var conversation = await host.Client.ConverseAsync();
        var reader = new ResumingReader(host.Client, conversation.Path, new Said(LongReply.Ask(7, 150), Said.Fast), "patient");
        await reader.ReadAsync([]);
        Assert.Empty(reader.Faults(LongReply.Text(7, 150)));
        Assert.True(reader.Connections > 1);
    }

    [Fact]
    public async Task Last_Event_ID_of_another_form_is_refused()
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = await host.Client.ConverseAsync();
        var reply = await conversation.StreamAsync("Hello", Said.Fast);
        var answer = await host.As("Last-Event-ID", "abc").GetAsync($"/api/turns/{reply.TurnId}/stream");
        Assert.Equal(400, answer.Status);
        Assert.Equal(404, (await host.Client.GetAsync("/api/turns/unknown/stream")).Status);
    }

    /// <summary>
    /// One to four connections that are cut, some of them one right after the other; the first one early, since on a slow machine
    /// the text gathers in few events.
    /// </summary>
    private static IEnumerable<Cut> Cuts(Random random)
    {
        var cuts = random.Next(1, 5);
        for (var n = 0; n < cuts; n++)
        {
            var after = random.Next(0, n == 0 ? 6 : 40);
            yield return random.Next(3) switch
            {
                0 => new Cut(after),
                1 => new Cut(after, random.Next(1, 120)),
                _ => new Cut(after, random.Next(1, 60), InsideCodePoint: true),
            };
        }
    }
}
