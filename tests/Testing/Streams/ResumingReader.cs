using System.Collections.Immutable;
using Vivace.Testing.Http;

namespace Vivace.Testing.Streams;

/// <summary>
/// A client that says something and reads the streamed reply to its end over any number of connections, each cut where it is
/// told; it resumes as browsers do, after the id of the last complete event.
/// </summary>
public sealed class ResumingReader(VivaceClient client, string conversationPath, Said said, string key)
{
    private readonly VivaceClient keyed = client.With("Idempotency-Key", key);

    /// <summary>Tests look at it while it is added to.</summary>
    private volatile ImmutableList<SseEvent> events = [];

    /// <summary>All events that arrived whole, over all connections.</summary>
    public IReadOnlyList<SseEvent> Events => events;

    public string? TurnId => events.Count == 0 ? null : events[0]["turnId"];

    public int Connections { get; private set; }

    public string Text => string.Concat(events.Where(e => e.Type == "token").Select(e => e.Text));

    public bool HasEnded => events.Count > 0 && events[^1].IsTerminal;

    /// <summary>Reads to the terminal event, with a cut for each connection; the last one is not cut.</summary>
    public async Task ReadAsync(IEnumerable<Cut> cuts, CancellationToken cancellation = default)
    {
        foreach (var cut in cuts)
        {
            await ConnectAsync(cut, cancellation);
            if (HasEnded)
            {
                return;
            }
        }

        for (var tries = 0; !HasEnded; tries++)
        {
            if (tries == 200)
            {
                throw new EndOfStreamException($"The stream does not end; it stands at {events.LastOrDefault()?.Id} of turn {TurnId}.");
            }

            await ConnectAsync(Cut.Never, cancellation);
        }
    }

    /// <summary>One connection: the message is posted until an event was seen, after that the stream is resumed.</summary>
    public async Task ConnectAsync(Cut cut, CancellationToken cancellation = default)
    {
        Connections++;
        using var response = TurnId is { } turn
            ? await client.With("Last-Event-ID", events[^1].Id).OpenAsync(HttpMethod.Get, $"/api/turns/{turn}/stream", null, cancellation)
            : await keyed.OpenAsync(HttpMethod.Post, $"{conversationPath}/messages/stream", VivaceClient.Json(said.ToJson()), cancellation);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException((await Answer.ReadAsync(response, cancellation)).ToString());
        }

        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        await ScanAsync(body, cut, cancellation);
    }

    private async Task ScanAsync(Stream body, Cut cut, CancellationToken cancellation)
    {
        var scanner = new SseScanner();
        var buffer = new byte[4096];
        var (seen, further) = (0, 0);
        while (true)
        {
            // Up to the cut byte by byte, so that it falls where it should.
            var near = seen >= cut.AfterEvents - 1;
            var count = await body.ReadAsync(near ? buffer.AsMemory(0, 1) : buffer, cancellation);
            if (count == 0)
            {
                return;
            }

            foreach (var next in scanner.Feed(buffer.AsMemory(0, count)))
            {
                events = events.Add(next);
                seen++;
                if (next.IsTerminal)
                {
                    return;
                }
            }

            further = seen >= cut.AfterEvents ? further + count : 0;
            if (seen >= cut.AfterEvents && further > cut.Bytes && (!cut.InsideCodePoint || scanner.IsInsideCodePoint))
            {
                return;
            }
        }
    }

    /// <summary>Everything in which what arrived is not the expected reply in one piece; none for a good one.</summary>
    public IReadOnlyList<string> Faults(string expected, string terminal = "done") => [.. FindFaults(expected, terminal)];

    private IEnumerable<string> FindFaults(string expected, string terminal)
    {
        var offset = 0;
        foreach (var next in events)
        {
            offset += next.Type == "token" ? next.Text!.Length : 0;
            if (next.Offset != offset && !next.IsTerminal)
            {
                yield return $"Event {next.Id} comes at {offset}.";
            }

            if (next["turnId"] != TurnId)
            {
                yield return $"Event {next.Id} is of turn {next["turnId"]}, not {TurnId}.";
            }

            if (next.Type == "token" && (char.IsLowSurrogate(next.Text![0]) || char.IsHighSurrogate(next.Text[^1])))
            {
                yield return $"Event {next.Id} splits a surrogate pair.";
            }
        }

        if (Text != expected)
        {
            yield return $"The text differs after {Text.Zip(expected).TakeWhile(p => p.First == p.Second).Count()} of {expected.Length} units; {Text.Length} arrived.";
        }

        if (events.Count(e => e.IsTerminal) != 1 || events[^1].Type != terminal)
        {
            yield return $"There are {events.Count(e => e.IsTerminal)} terminal events, the last event is {events[^1].Type}.";
        }

        if (terminal == "done" && events[^1]["fullText"] != expected)
        {
            yield return "fullText differs.";
        }
    }
}
