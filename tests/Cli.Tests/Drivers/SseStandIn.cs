using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Vivace.Cli.Tests.Drivers;

/// <summary>A server of streams that breaks the rules as it is told: one response for each connection, written as it is.</summary>
internal sealed class SseStandIn : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<string> responses;
    private readonly ConcurrentQueue<string> requests = new();

    private SseStandIn(WebApplication app, string[] responses) => (this.app, this.responses) = (app, new(responses));

    public Uri Address => new(app.Urls.Single());

    /// <summary>Method, path and Last-Event-ID of every request so far.</summary>
    public IReadOnlyList<string> Requests => [.. requests];

    /// <summary>Called at every request, before it is answered.</summary>
    public Action Asked { get; set; } = () => { };

    public static async Task<SseStandIn> StartAsync(params string[] responses)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var standIn = new SseStandIn(builder.Build(), responses);
        standIn.app.Map("/{*path}", standIn.ServeAsync);
        await standIn.app.StartAsync();
        return standIn;
    }

    public static string Token(string id, string text) => $"id: {id}\ndata: {{\"type\":\"token\",\"turnId\":\"t\",\"text\":\"{text}\"}}\n\n";

    public static string Done(string id, string text) => $$$"""
        id: {{{id}}}
        data: {"type":"done","turnId":"t","fullText":"{{{text}}}","responded":true,"blocked":false,"processing":{"requested":{"mode":"default"},"effective":{"mode":"default","profile":"default"},"decidedBy":"application","arm":"none","flagVersion":"v","path":"local"}}


        """;

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        requests.Enqueue($"{context.Request.Method} {context.Request.Path} {context.Request.Headers["Last-Event-ID"]}".TrimEnd());
        Asked();
        context.Response.ContentType = "text/event-stream";
        if (responses.TryDequeue(out var response))
        {
            await context.Response.WriteAsync(response, context.RequestAborted);
        }
    }
}
