using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Vivace.Testing.Http;

namespace Vivace.Testing.Streams;

/// <summary>
/// A streamed reply while it arrives, read strictly: a comment, or an <c>id:</c> line and a <c>data:</c> line, then a blank
/// line, lines ended by LF, valid UTF-8. Anything else is a fault.
/// </summary>
public sealed class SseStream(HttpResponseMessage response) : IAsyncDisposable
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private PipeReader? reader;

    public HttpResponseMessage Response { get; } = response;

    /// <summary>Heartbeats and other comments so far.</summary>
    public int Comments { get; private set; }

    /// <summary>Whether the server asked to come again.</summary>
    public bool ComesAgain { get; private set; }

    /// <summary>The answer, where the server did not begin a stream.</summary>
    public Task<Answer> AnswerAsync() => Answer.ReadAsync(Response);

    /// <summary>The next event; null at the end.</summary>
    /// <exception cref="FormatException">The server wrote something else.</exception>
    public async Task<SseEvent?> NextAsync(CancellationToken cancellation = default)
    {
        reader ??= PipeReader.Create(await Response.Content.ReadAsStreamAsync(cancellation));
        while (await LineAsync(cancellation) is { } line)
        {
            if (line.StartsWith("retry: ", StringComparison.Ordinal))
            {
                ComesAgain = true;
                await BlankAsync(cancellation);
                continue;
            }

            if (line.StartsWith(": ", StringComparison.Ordinal))
            {
                Comments++;
                await BlankAsync(cancellation);
                continue;
            }

            var data = await LineAsync(cancellation) ?? "";
            if (!line.StartsWith("id: ", StringComparison.Ordinal) || !data.StartsWith("data: ", StringComparison.Ordinal))
            {
                throw new FormatException($"Not an event: {line}\n{data}");
            }

            await BlankAsync(cancellation);
            return SseEvent.Parse(line[4..], data[6..]);
        }

        return null;
    }

    /// <summary>Reads on until an event satisfies the condition.</summary>
    public async Task<SseEvent> UntilAsync(Func<SseEvent, bool> condition)
    {
        while (await NextAsync() is { } next)
        {
            if (condition(next))
            {
                return next;
            }
        }

        throw new EndOfStreamException("The stream ended before that event.");
    }

    public async Task<StreamedReply> ReadToEndAsync()
    {
        if (!Response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException((await AnswerAsync()).ToString());
        }

        var events = new List<SseEvent>();
        while (await NextAsync() is { } next)
        {
            events.Add(next);
        }

        return new StreamedReply(events);
    }

    public async ValueTask DisposeAsync()
    {
        if (reader is not null)
        {
            await reader.CompleteAsync();
        }

        Response.Dispose();
    }

    private async Task BlankAsync(CancellationToken cancellation)
    {
        if (await LineAsync(cancellation) is not "")
        {
            throw new FormatException("An event does not end with a blank line.");
        }
    }

    private async Task<string?> LineAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var read = await reader!.ReadAsync(cancellation);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Strict.GetString(read.Buffer.Slice(0, end));
                reader.AdvanceTo(read.Buffer.GetPosition(1, end));
                return line.Contains('\r', StringComparison.Ordinal) ? throw new FormatException("A line holds CR.") : line;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
            {
                return read.Buffer.IsEmpty ? null : throw new FormatException("The stream ends within a line.");
            }
        }
    }
}
