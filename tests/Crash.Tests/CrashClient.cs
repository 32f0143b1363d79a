using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vivace.Testing.Streams;

namespace Vivace.Crash.Tests;

/// <summary>A client that does not give up: after a crash it sends the same again, under the same idempotency key.</summary>
internal sealed class CrashClient(CrashChild child)
{
    /// <summary>Many times what it takes until a lost turn is handed on.</summary>
    private const int Tries = 1000;

    /// <summary>The answer, once there is one that is neither a crash nor "in flight".</summary>
    public Task<JsonElement> PostAsync(string path, JsonObject body, string? key = null) => SendAsync(HttpMethod.Post, path, body, key);

    public Task<JsonElement> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null, null);

    public Task<JsonElement> PatchAsync(string path, JsonObject body) => SendAsync(HttpMethod.Patch, path, body, null);

    public Task<JsonElement> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null, null);

    /// <summary>Posts to a stream and reads it to its terminal event, over as many connections as it takes.</summary>
    public async Task<IReadOnlyList<SseEvent>> StreamAsync(string path, JsonObject body, string key, Func<SseEvent, Task>? onEvent = null)
    {
        var events = new List<SseEvent>();
        for (var tries = 0; tries < Tries; tries++)
        {
            try
            {
                if (await ReadAsync(path, body, key, events, onEvent))
                {
                    return events;
                }
            }
            catch (Exception e) when (IsGone(e))
            {
                await ReviveAsync();
            }
        }

        throw new TimeoutException($"The stream of {key} does not end; it stands at {events.LastOrDefault()?.Id}.");
    }

    private async Task<bool> ReadAsync(string path, JsonObject body, string key, List<SseEvent> events, Func<SseEvent, Task>? onEvent)
    {
        using var request = events is [var first, ..]
            ? new HttpRequestMessage(HttpMethod.Get, $"/api/turns/{first["turnId"]}/stream") { Headers = { { "Last-Event-ID", events[^1].Id } } }
            : new HttpRequestMessage(HttpMethod.Post, path) { Content = Json(body), Headers = { { "Idempotency-Key", key } } };
        using var response = await child.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{key}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }

        await using var stream = await response.Content.ReadAsStreamAsync();
        var scanner = new SseScanner();
        var buffer = new byte[4096];
        int count;
        while ((count = await stream.ReadAsync(buffer)) > 0)
        {
            foreach (var next in scanner.Feed(buffer.AsMemory(0, count)))
            {
                events.Add(next);
                if (onEvent is not null)
                {
                    await onEvent(next);
                }

                if (next.IsTerminal)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, JsonObject? body, string? key)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            try
            {
                using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : Json(body) };
                if (key is not null)
                {
                    request.Headers.Add("Idempotency-Key", key);
                }

                using var response = await child.Http.SendAsync(request);
                var text = await response.Content.ReadAsStringAsync();
                if (key is not null && (int)response.StatusCode == 409)
                {
                    // The turn is in flight; whoever runs it writes down how it ends.
                    await Task.Delay(50);
                    continue;
                }

                using var json = JsonDocument.Parse(text.Length == 0 ? "{}" : text);
                return json.RootElement.Clone();
            }
            catch (Exception e) when (IsGone(e))
            {
                await ReviveAsync();
            }
        }

        throw new TimeoutException($"{method} {path} under {key} is never answered.");
    }

    private async Task ReviveAsync() => await child.ReviveAsync();

    private static StringContent Json(JsonObject body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");

    private static bool IsGone(Exception e) => e is HttpRequestException or IOException or ObjectDisposedException or TaskCanceledException;
}
