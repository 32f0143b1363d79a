using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Vivace.Testing.OpenAi;

/// <summary>
/// Stands in for an OpenAI-compatible endpoint, on a real socket. Keeps every request, and answers as it is told: first
/// what was queued, then <see cref="Otherwise"/>. Evaluators' tasks are kept apart.
/// </summary>
public sealed class OpenAiStandIn : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<OpenAiRequest> requests = new();
    private readonly ConcurrentQueue<OpenAiAnswer> queued = new();

    private OpenAiStandIn(WebApplication app) => this.app = app;

    /// <summary>The answer when nothing is queued.</summary>
    public OpenAiAnswer Otherwise { get; set; } = OpenAiAnswer.Streams("Hello ", "from the ", "stand-in.");

    /// <summary>The answer to evaluators' tasks.</summary>
    public Func<OpenAiRequest, OpenAiAnswer> Judge { get; set; } = _ => OpenAiAnswer.Says("80");

    /// <summary>Decides by the request, before anything that is queued; null leaves it to that.</summary>
    public Func<OpenAiRequest, OpenAiAnswer?>? Decide { get; set; }

    /// <summary>Every request so far that asks the model to talk.</summary>
    public IReadOnlyList<OpenAiRequest> Talks => [.. requests.Where(r => !r.IsTask)];

    /// <summary>Every request so far, evaluators' tasks included.</summary>
    public IReadOnlyList<OpenAiRequest> All => [.. requests];

    /// <summary>Settings that point the application here, for both model sizes.</summary>
    public string[] Settings => [.. SettingsOf("Small", "small-model"), .. SettingsOf("Large", "large-model")];

    public static async Task<OpenAiStandIn> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var standIn = new OpenAiStandIn(builder.Build());
        standIn.app.MapPost("/v1/chat/completions", standIn.ServeAsync);
        await standIn.app.StartAsync();
        return standIn;
    }

    /// <summary>Queues answers, one a request.</summary>
    public OpenAiStandIn Then(params OpenAiAnswer[] answers)
    {
        foreach (var answer in answers)
        {
            queued.Enqueue(answer);
        }

        return this;
    }

    /// <summary>The request with this position among those that ask the model to talk, once it has come.</summary>
    public async Task<OpenAiRequest> TalkAsync(int index = 0)
    {
        await Eventually.TrueAsync(() => Talks.Count > index);
        return Talks[index];
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private string[] SettingsOf(string size, string model) =>
    [
        $"Models:{size}:Provider=openai",
        $"Models:{size}:Endpoint={app.Urls.Single()}/v1",
        $"Models:{size}:Model={model}",
        $"Models:{size}:ApiKey=key-of-{model}",
    ];

    private async Task ServeAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        var headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var request = new OpenAiRequest(headers, body.RootElement.Clone());
        await using var watch = context.RequestAborted.Register(request.Abort);
        requests.Enqueue(request);
        var answer = request.IsTask ? Judge(request) : Decide?.Invoke(request) ?? (queued.TryDequeue(out var next) ? next : Otherwise);
        try
        {
            await AnswerAsync(context, request, answer);
            request.Completed = true;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Here too: this continuation may run before the callback, and then takes it away.
            request.Abort();
        }
    }

    private static async Task AnswerAsync(HttpContext context, OpenAiRequest request, OpenAiAnswer answer)
    {
        var gone = context.RequestAborted;
        await Task.Delay(answer.FirstByteAfter, gone);
        if (answer.UntilAfterChunks == 0)
        {
            await WaitAsync(answer, gone);
        }

        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (request.Streamed && answer is { Status: 200, Raw: null })
        {
            await StreamAsync(context, answer, gone);
            return;
        }

        context.Response.ContentType = "application/json";
        var body = answer.Raw ?? (answer.Status == 200 ? OpenAiWire.Completion(answer) : OpenAiWire.Error(answer.Status));
        await context.Response.WriteAsync(body, gone);
    }

    private static async Task StreamAsync(HttpContext context, OpenAiAnswer answer, CancellationToken gone)
    {
        context.Response.ContentType = "text/event-stream";
        await SendAsync(OpenAiWire.FirstChunk(answer));
        if (answer.Calls.Count > 0)
        {
            await SendAsync(OpenAiWire.CallsChunk(answer));
        }

        foreach (var (index, chunk) in answer.Chunks.Index())
        {
            if (index > 0 && index == answer.UntilAfterChunks)
            {
                await WaitAsync(answer, gone);
            }

            if (index == answer.CutAfter)
            {
                context.Abort();
                return;
            }

            if (index > 0 && answer.BetweenChunks > TimeSpan.Zero && answer.Hurry is not { IsCompleted: true })
            {
                var pause = Task.Delay(answer.BetweenChunks, gone);
                await (answer.Hurry is { } hurry ? Task.WhenAny(pause, hurry) : pause);
            }

            await SendAsync(OpenAiWire.Chunk(answer, chunk));
        }

        await SendAsync(OpenAiWire.LastChunk(answer));
        await SendAsync("[DONE]");

        async Task SendAsync(string data)
        {
            await context.Response.WriteAsync($"data: {data}\n\n", gone);
            await context.Response.Body.FlushAsync(gone);
        }
    }

    private static Task WaitAsync(OpenAiAnswer answer, CancellationToken gone) => answer.Until?.WaitAsync(gone) ?? Task.CompletedTask;
}
