using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Vivace.Contracts;

namespace Vivace.Api.Streams;

/// <summary>
/// Answers with Server-Sent Events (HTML standard, section 9.2): an <c>id:</c> and a <c>data:</c> line each, a comment as
/// heartbeat every 5 s. A client that goes away ends the answer, not the turn.
/// </summary>
internal sealed class SseResult(IAsyncEnumerable<StreamItem?> events, bool replayed = false) : IResult
{
    public static TimeSpan Heartbeat { get; } = TimeSpan.FromSeconds(5);

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

        var gone = httpContext.RequestAborted;
        try
        {
            await foreach (var item in events.WithCancellation(gone))
            {
                Write(response.BodyWriter, item);
                await response.BodyWriter.FlushAsync(gone);
            }
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The client has gone away; the turn goes on.
        }
    }

    private static void Write(PipeWriter body, StreamItem? item)
    {
        if (item is null)
        {
            body.Write(": heartbeat\n\n"u8);
            return;
        }

        Encoding.UTF8.GetBytes($"id: {item.Id}\ndata: ", body);
        using (var json = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = WireJson.Context.Options.Encoder, SkipValidation = true }))
        {
            JsonSerializer.Serialize(json, item.Event, WireJson.Context.StreamEvent);
        }

        body.Write("\n\n"u8);
    }
}
