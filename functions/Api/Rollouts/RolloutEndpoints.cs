using System.Globalization;
using System.Text.Json;
using Vivace.Api.Auth;
using Vivace.Api.Bodies;
using Vivace.Api.OpenApi;
using Vivace.Api.Problems;
using Vivace.Contracts.Problems;
using Vivace.Rollouts.Storage;

namespace Vivace.Api.Rollouts;

/// <summary><c>/api/rollouts</c>, for operators: where a rollout stands, its history, and what people do to it.</summary>
internal static class RolloutEndpoints
{
    private const int MaxPage = 500;

    private delegate Task<string?> Operation(RolloutRequest request, string actor, CancellationToken cancellation);

    public static void MapRollouts(this WebApplication app)
    {
        var rollouts = app.MapGroup("/api/rollouts/{name}").AddEndpointFilter(AdmitAsync);
        rollouts.MapGet("", SeeAsync)
            .WithSummary("Where a rollout stands (operators)")
            .Produces<RolloutReply>()
            .ProducesProblems(401, 403, 404, 409, 503);
        rollouts.MapGet("/history", HistoryAsync)
            .WithSummary("The audit log of a rollout, oldest entry first (operators)")
            .Produces<RolloutHistoryReply>()
            .ProducesProblems(400, 401, 403, 404, 503);
        MapMove<RolloutStartBody>(rollouts, "start", "Start a rollout (operators)", office => office.StartAsync);
        MapMove<RolloutMoveBody>(rollouts, "promote", "Move on without waiting (operators)", office => office.PromoteAsync);
        MapMove<RolloutMoveBody>(rollouts, "pause", "Stay at the present percent (operators)", office => office.PauseAsync);
        MapMove<RolloutMoveBody>(rollouts, "resume", "Go on at the present step (operators)", office => office.ResumeAsync);
        MapMove<RolloutMoveBody>(rollouts, "abort", "End a rollout for good and switch fast mode off (operators)", office => office.AbortAsync);
        rollouts.MapPost("/probe", ProbeAsync)
            .WithSummary("Record what a probe found (operators)")
            .AcceptsJson<RolloutProbe>()
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblems(400, 401, 403, 404, 413, 415, 503);
    }

    private static void MapMove<TBody>(RouteGroupBuilder rollouts, string move, string summary, Func<RolloutOffice, Operation> operation)
        => rollouts.MapPost($"/{move}", (HttpContext context, RolloutOffice office, CancellationToken cancellation) => MoveAsync(context, office, operation(office), cancellation))
            .WithSummary(summary)
            .AcceptsJson<TBody>(isRequired: false)
            .Produces<RolloutReply>()
            .ProducesProblems(400, 401, 403, 404, 409, 413, 415, 503);

    private static ValueTask<object?> AdmitAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        return !http.Caller().IsOperator ? new(new ProblemResult(ProblemKinds.NotOperator))
            : http.Request.RouteValues["name"] is not RolloutName.FastMode ? new(new ProblemResult(ProblemKinds.NotFound("rollout")))
            : next(context);
    }

    private static Task<IResult> SeeAsync(string name, RolloutOffice office, CancellationToken cancellation) => SeenAsync(office, cancellation);

    private static async Task<IResult> SeenAsync(RolloutOffice office, CancellationToken cancellation)
    {
        var (reply, refusal) = await office.SeeAsync(cancellation);
        return reply is null ? new ProblemResult(ProblemKinds.RolloutRefused(refusal!)) : new WireResult<RolloutReply>(reply, RolloutWireJson.Default.RolloutReply);
    }

    private static async Task<IResult> HistoryAsync(string name, string? after, string? limit, IRolloutStore store, CancellationToken cancellation)
    {
        var from = 0L;
        if (!PageLimit.TryRead(limit, MaxPage, MaxPage, out var size)
            || (after is not null && !long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out from)))
        {
            return new ProblemResult(ProblemKinds.InvalidRequest($"after must be the sequence of an entry, and limit 1 to {MaxPage}."));
        }

        // The head first: what is appended between the two reads is then only on the page.
        var head = (await store.LoadAsync(name, cancellation)).Head;
        var lines = await store.HistoryAsync(name, from, size, cancellation);
        return new WireResult<RolloutHistoryReply>(new RolloutHistoryReply(lines, head), RolloutWireJson.Default.RolloutHistoryReply);
    }

    private static async Task<IResult> MoveAsync(HttpContext context, RolloutOffice office, Operation operation, CancellationToken cancellation)
    {
        var body = await RequestBody.ReadAsync(context.Request, mayBeEmpty: true, cancellation);
        if (body.Fault is { } unreadable)
        {
            return new ProblemResult(unreadable);
        }

        var (request, faults) = RolloutRequest.Read(body.Bytes);
        if (request is null)
        {
            return new ProblemResult(ProblemKinds.InvalidBody(faults));
        }

        // What has begun is carried through: its sender may be gone, but its flags must follow its status.
        return await operation(request, context.Caller().Actor, CancellationToken.None) is { } refusal
            ? new ProblemResult(ProblemKinds.RolloutRefused(refusal))
            : await SeenAsync(office, cancellation);
    }

    private static async Task<IResult> ProbeAsync(string name, HttpContext context, IRolloutStore store, CancellationToken cancellation)
    {
        var body = await RequestBody.ReadAsync(context.Request, mayBeEmpty: false, cancellation);
        if (body.Fault is { } unreadable)
        {
            return new ProblemResult(unreadable);
        }

        try
        {
            var probe = JsonSerializer.Deserialize(body.Bytes.Span, RolloutWireJson.Default.RolloutProbe) ?? throw new JsonException("The body must be a JSON object.");
            await store.PutProbeAsync(name, probe, cancellation);
            return Results.NoContent();
        }
        catch (JsonException e)
        {
            return new ProblemResult(ProblemKinds.InvalidBody([new BodyFault(e.Path ?? "", "The body is not the report of a probe.")]));
        }
    }
}
