using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Vivace.Contracts;

namespace Vivace.Api.Streams;

/// <summary>
/// Answers with Server-Sent Events (HTML standard, section 9.2): an <c>id:</c> and a <c>data:</c> line each, a comment as
/// heartbeat. A client that goes away, or takes nothing for 10 s, ends the answer, not the turn. Before a front end would
/// cut it, the answer ends with a <c>retry:</c> line, and the client resumes.
/// </summary>
internal sealed class SseResult(IAsyncEnumerable<StreamFrame> frames, bool replayed = false) : IResult
{
    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(10);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-cache, no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        if (replayed)
        {
            response.Headers["Idempotent-Replayed"] = "true";
        }

        var time = httpContext.RequestServices.GetRequiredService<TimeProvider>();
        var gone = httpContext.RequestAborted;
        try
        {
            await WriteAllAsync(response.BodyWriter, time, gone);
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The client has gone away; the turn goes on.
        }
        catch (TimeoutException)
        {
            httpContext.Abort();
        }
    }

    private async Task WriteAllAsync(PipeWriter body, TimeProvider time, CancellationToken gone)
    {
        await using var reader = frames.GetAsyncEnumerator(gone);
        var next = reader.MoveNextAsync().AsTask();
        try
        {
            if (!next.IsCompleted)
            {
                // A reader that resumes where nothing is new yet learns at once that it is connected.
                await body.FlushAsync(gone);
            }

            for (; await next; next = reader.MoveNextAsync().AsTask())
            {
                Write(body, reader.Current);
                await body.FlushAsync(gone).AsTask().WaitAsync(StallLimit, time, gone);
            }
        }
        finally
        {
            // An iterator may not be disposed of while it runs.
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static void Write(PipeWriter body, StreamFrame frame)
    {
        if (frame.Event is not { } value)
        {
            body.Write(frame.ComeAgain ? "retry: 100\n\n"u8 : ": heartbeat\n\n"u8);
            return;
        }

        Encoding.UTF8.GetBytes($"id: {frame.Id}\ndata: ", body);
        using (var json = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = WireJson.Context.Options.Encoder, SkipValidation = true }))
        {
            JsonSerializer.Serialize(json, value, WireJson.Context.StreamEvent);
        }

        body.Write("\n\n"u8);
    }
}
