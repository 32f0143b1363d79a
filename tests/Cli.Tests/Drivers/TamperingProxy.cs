using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Vivace.Cli.Tests.Drivers;

/// <summary>Stands before the real application and changes what it answers: a deployment with a planted fault.</summary>
internal sealed class TamperingProxy : IAsyncDisposable
{
    private static readonly string[] Passed = ["X-Api-Key", "X-Vivace-User", "X-Vivace-Probe", "Idempotency-Key", "Last-Event-ID"];

    private readonly WebApplication app;
    private readonly HttpClient http;
    private readonly Func<Exchange, Exchange> tamper;

    private TamperingProxy(WebApplication app, Uri behind, Func<Exchange, Exchange> tamper)
    {
        (this.app, this.tamper) = (app, tamper);
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = behind };
    }

    public Uri Address => new(app.Urls.Single());

    public static async Task<TamperingProxy> StartAsync(Uri behind, Func<Exchange, Exchange> tamper)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var proxy = new TamperingProxy(builder.Build(), behind, tamper);
        proxy.app.Map("/{*path}", proxy.PassAsync);
        await proxy.app.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        http.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), context.Request.Path + context.Request.QueryString);
        if (body.Length > 0)
        {
            request.Content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        }

        foreach (var name in Passed.Where(context.Request.Headers.ContainsKey))
        {
            request.Headers.TryAddWithoutValidation(name, (string?)context.Request.Headers[name]);
        }

        using var response = await http.SendAsync(request);
        var headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var said = await response.Content.ReadAsStringAsync();
        var exchange = tamper(new Exchange(context.Request.Method, context.Request.Path, headers, body, (int)response.StatusCode, said));
        context.Response.StatusCode = exchange.Status;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        if (exchange.Status != 204)
        {
            await context.Response.WriteAsync(exchange.Answer);
        }
    }
}
