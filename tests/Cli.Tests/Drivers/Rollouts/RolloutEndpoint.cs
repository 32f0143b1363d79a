using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Vivace.Rollouts.Auditing;
using Vivace.Rollouts.Plans;
using Vivace.Rollouts.Reconciling;

namespace Vivace.Cli.Tests.Drivers.Rollouts;

/// <summary>One endpoint of a deployment: <c>/api/rollouts/fast-mode</c> by its contract, and turns that a drill marks.</summary>
internal sealed class RolloutEndpoint : IAsyncDisposable
{
    private const string Root = "/api/rollouts/{name}";
    private const string Actor = "tester";

    private readonly WebApplication app;
    private readonly DrillTurns turns;

    private RolloutEndpoint(WebApplication app, RolloutDeployment deployment, TimeSpan late)
        => (this.app, Deployment, turns, Late) = (app, deployment, new DrillTurns(deployment, late), late);

    public Uri Address => new(app.Urls.Single());

    public RolloutDeployment Deployment { get; }

    /// <summary>Method and path of every request so far, with its body.</summary>
    public ConcurrentQueue<(string Call, string Body)> Requests { get; } = new();

    public DrillTurns Turns => turns;

    private TimeSpan Late { get; }

    public static Task<RolloutEndpoint> StartAsync() => StartAsync(new RolloutDeployment());

    /// <param name="late">How much later than written it sees the flags.</param>
    public static async Task<RolloutEndpoint> StartAsync(RolloutDeployment deployment, TimeSpan late = default)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var endpoint = new RolloutEndpoint(builder.Build(), deployment, late);
        endpoint.Map();
        await endpoint.app.StartAsync();
        return endpoint;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private void Map()
    {
        app.Use(LogAsync);
        app.MapGet(Root, (string name) => name == "fast-mode" ? Report() : RolloutWire.Problem(404, "not-found", "There is no such rollout."));
        app.MapGet(Root + "/history", (long after, int limit) => RolloutWire.History(Deployment, after, limit));
        app.MapPost(Root + "/start", (HttpRequest request) => BeginAsync(request));
        app.MapPost(Root + "/promote", () => Move((status, flag, measured) => RolloutOperations.Promote(Deployment.Plan, status, measured, flag, Actor, Now)));
        app.MapPost(Root + "/pause", () => Move((status, _, _) => RolloutOperations.Pause(Deployment.Plan, status, Actor, Now)));
        app.MapPost(Root + "/resume", () => Move((status, flag, measured) => RolloutOperations.Resume(Deployment.Plan, status, measured, flag, Actor, Now)));
        app.MapPost(Root + "/abort", () => Move((status, flag, _) => RolloutOperations.Abort(Deployment.Plan, status, Deployment.Plan.Rollback, flag, Actor, Now)));
        app.MapPost(Root + "/probe", (HttpRequest request) => ProbeAsync(request));
        turns.Map(app);
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private async Task LogAsync(HttpContext context, RequestDelegate next)
    {
        context.Request.EnableBuffering();
        var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
        context.Request.Body.Position = 0;
        Requests.Enqueue(($"{context.Request.Method} {context.Request.Path}", body));
        if (context.Request.Headers["X-Api-Key"] == "no-operator" && context.Request.Path.StartsWithSegments("/api/rollouts"))
        {
            await RolloutWire.Problem(403, "forbidden", "This needs the role operator.").ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    private IResult Report()
    {
        Deployment.Judge();
        return RolloutWire.Report(Deployment, Deployment.Flag(Late));
    }

    private async Task<IResult> BeginAsync(HttpRequest request)
    {
        var body = await JsonSerializer.DeserializeAsync<JsonElement>(request.Body);
        var plan = Deployment.Plan;
        if (body.TryGetProperty("plan", out var sent))
        {
            plan = RolloutPlanJson.Read(JsonSerializer.SerializeToUtf8Bytes(sent), out var faults)!;
            if (plan is null)
            {
                return RolloutWire.Problem(400, "invalid-body", "The plan has faults.", faults);
            }
        }

        if (!IsProbed() && !body.GetProperty("force").GetBoolean())
        {
            return RolloutWire.Problem(409, "rollout-refused", "No probe of the last 15 minutes found nothing.");
        }

        var refusal = Deployment.Operate((status, flag, _) => RolloutOperations.Start(plan, status, HasRun, flag, Actor, Now), plan);
        return refusal is null ? Report() : RolloutWire.Problem(409, "rollout-refused", refusal);
    }

    private bool IsProbed() => Deployment.Probe is { } probe
        && probe.GetProperty("mismatches").GetInt64() == 0
        && Now - probe.GetProperty("at").GetDateTimeOffset() < TimeSpan.FromMinutes(15);

    private bool HasRun(string id) => Deployment.Lines.Any(l => JsonSerializer.Deserialize(l, RolloutsJson.Default.AuditEntry)!.Record.Inputs.Plan.Id == id);

    private IResult Move(Func<RolloutStatus, FlagAllocation, Vivace.Rollouts.Measuring.Measurements?, OperationOutcome> move)
    {
        var refusal = Deployment.Status is null ? "No rollout has been started." : Deployment.Operate((status, flag, measured) => move(status!, flag, measured));
        return refusal is null ? Report() : RolloutWire.Problem(409, "rollout-refused", refusal);
    }

    private async Task<IResult> ProbeAsync(HttpRequest request)
    {
        Deployment.Probe = await JsonSerializer.DeserializeAsync<JsonElement>(request.Body);
        return Results.NoContent();
    }
}
