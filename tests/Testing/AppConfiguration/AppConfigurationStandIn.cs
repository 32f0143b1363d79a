using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Vivace.Testing.AppConfiguration;

/// <summary>
/// Stands in for an Azure App Configuration store, on a real socket: signatures, ETags, conditions, pages and sync tokens as
/// recorded from Microsoft's emulator, and faults on demand: first what was queued, then <see cref="Fault"/>.
/// </summary>
public sealed class AppConfigurationStandIn : IAsyncDisposable
{
    public const string FlagPrefix = ".appconfig.featureflag/";
    public const string FlagType = "application/vnd.microsoft.appconfig.ff+json;charset=utf-8";

    private readonly WebApplication app;
    private readonly TimeProvider time;
    private readonly StandInStore store;
    private readonly StandInProtocol protocol;
    private readonly ConcurrentQueue<StandInRequest> requests = new();
    private readonly ConcurrentQueue<StandInFault?> queued = new();

    private AppConfigurationStandIn(WebApplication app, TimeProvider time)
    {
        this.app = app;
        this.time = time;
        store = new StandInStore(time.GetUtcNow);
        protocol = new StandInProtocol(store);
    }

    /// <summary>What goes wrong with every request; null: nothing.</summary>
    public StandInFault? Fault { get; set; }

    /// <summary>The header <c>Sync-Token</c> of answers.</summary>
    public string SyncToken { get; set; } = "kv=MA==;sn=1";

    /// <summary>Every request so far.</summary>
    public IReadOnlyList<StandInRequest> Requests => [.. requests];

    public string ConnectionString => $"Endpoint={app.Urls.Single()};Id={StandInAccess.Id};Secret={StandInAccess.Secret}";

    /// <summary>What is stored now, to be served again by <see cref="ServeOlder"/>.</summary>
    public IReadOnlyDictionary<string, StandInSetting> State => store.State;

    /// <param name="time">The clock of dates in answers and of the age of signatures.</param>
    /// <param name="port">0: any free one.</param>
    public static async Task<AppConfigurationStandIn> StartAsync(TimeProvider? time = null, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var standIn = new AppConfigurationStandIn(builder.Build(), time ?? TimeProvider.System);
        standIn.app.MapPost("/stand-in/fault/{kind}", standIn.SetFault);
        standIn.app.MapDelete("/stand-in/fault", standIn.ClearFault);
        standIn.app.MapFallback("{*path}", standIn.ServeAsync);
        await standIn.app.StartAsync();
        return standIn;
    }

    /// <summary>Queues faults, one a request; null is a request without one.</summary>
    public AppConfigurationStandIn Then(params StandInFault?[] faults)
    {
        foreach (var fault in faults)
        {
            queued.Enqueue(fault);
        }

        return this;
    }

    /// <summary>Writes a key-value, whatever is there.</summary>
    public void Put(string key, string? value, string? contentType = null, string? label = null)
        => store.Put(key, label, value, contentType, new Dictionary<string, string>(), null, null);

    /// <summary>Writes a feature flag by its JSON.</summary>
    public void PutFlag(string name, string json, string? label = null) => Put(FlagPrefix + name, json, FlagType, label);

    public void Delete(string key, string? label = null) => store.Delete(key, label, null);

    public void Lock(string key, bool locked = true, string? label = null) => store.Lock(key, label, locked);

    public StandInSetting? Find(string key, string? label = null) => store.State.GetValueOrDefault(StandInStore.Id(key, label));

    /// <summary>Reads are served from a former state, as from a replica that lags; null: from the newest again.</summary>
    public void ServeOlder(IReadOnlyDictionary<string, StandInSetting>? state)
        => store.Older = (ImmutableSortedDictionary<string, StandInSetting>?)state;

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private async Task ServeAsync(HttpContext context)
    {
        using var copy = new MemoryStream();
        await context.Request.Body.CopyToAsync(copy, context.RequestAborted);
        var request = new StandInRequest(
            context.Request.Method,
            context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase));
        requests.Enqueue(request);
        var fault = queued.TryDequeue(out var next) ? next : Fault;
        if (fault?.Kind == StandInFaultKind.Down)
        {
            context.Abort();
            return;
        }

        try
        {
            await AnswerAsync(context, request, copy.ToArray(), fault);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; a stalled request ends so.
        }
    }

    private async Task AnswerAsync(HttpContext context, StandInRequest request, byte[] body, StandInFault? fault)
    {
        if (fault is { Kind: StandInFaultKind.Slow })
        {
            await Task.Delay(fault.Milliseconds, context.RequestAborted);
        }

        context.Response.Headers["x-ms-request-id"] = context.Response.Headers["x-ms-correlation-request-id"] = context.TraceIdentifier;
        if (StandInAccess.Fault(context, body, time.GetUtcNow()) is { } refused)
        {
            context.Response.Headers.WWWAuthenticate = new(
                [$"HMAC-SHA256 error=\"invalid_token\", error_description=\"{refused}\"", "Bearer", "Anonymous"]);
            await SendAsync(context, request, new StandInAnswer(401), null);
            return;
        }

        await SendAsync(context, request, Refusal(fault) ?? protocol.Answer(context.Request, body), fault);
    }

    private static StandInAnswer? Refusal(StandInFault? fault) => fault?.Kind switch
    {
        StandInFaultKind.Throttled => StandInAnswer.Problem(
            429, "too-many-requests", "Resource utilization has surpassed the assigned quota", "Total Requests", null),
        StandInFaultKind.Unavailable => new StandInAnswer(503),
        _ => null,
    };

    private async Task SendAsync(HttpContext context, StandInRequest request, StandInAnswer answer, StandInFault? fault)
    {
        var (response, headers) = (context.Response, context.Response.Headers);
        response.StatusCode = request.Status = answer.Status;
        response.ContentType = answer.ContentType;
        headers.ETag = answer.ETag;
        headers.LastModified = answer.LastModified?.ToString("R", CultureInfo.InvariantCulture);
        headers.Link = answer.Next is null ? null : $"<{answer.Next}>; rel=\"next\"";
        if (answer.Status is not (400 or 401))
        {
            headers["Sync-Token"] = SyncToken;
        }

        if (answer.Status is 429 or 503)
        {
            headers["retry-after-ms"] = fault!.Milliseconds.ToString(CultureInfo.InvariantCulture);
        }

        if (answer.Body.Length > 0 && request.Method != "HEAD")
        {
            var body = fault?.Kind == StandInFaultKind.Corrupt ? answer.Body[..(answer.Body.Length / 2)] : answer.Body;
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    /// <summary>For a stand-in that runs as a process of its own.</summary>
    private void SetFault(string kind, int? milliseconds) => Fault = new StandInFault(Enum.Parse<StandInFaultKind>(kind, ignoreCase: true), milliseconds ?? 0);

    private void ClearFault() => Fault = null;
}
