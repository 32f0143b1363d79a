using Vivace.Api.Auth;
using Vivace.Api.Bodies;
using Vivace.Api.Problems;
using Vivace.Contracts;
using Vivace.Contracts.Evaluations;
using Vivace.Runtime.Evaluations;
using Vivace.Runtime.Storage;

namespace Vivace.Api.Evaluations;

/// <summary><c>/api/evaluations</c>, for operators: where evaluations stand, and those that are dead.</summary>
internal static class EvaluationEndpoints
{
    private const int MaxPage = 200;

    public static void MapEvaluations(this WebApplication app)
    {
        var evaluations = app.MapGroup("/api/evaluations");
        evaluations.MapGet("", SummariseAsync)
            .WithSummary("Where evaluations stand, by evaluator (operators)")
            .Produces<EvaluationSummary>()
            .ProducesProblems(401, 403, 503);
        evaluations.MapGet("/dead-letters", ListAsync)
            .WithSummary("Evaluations that failed as often as they are tried (operators)")
            .Produces<DeadLetterList>()
            .ProducesProblems(400, 401, 403, 503);
        evaluations.MapPost("/dead-letters/{turnId}/{evaluator}/{version:int}/requeue", RequeueAsync)
            .WithSummary("Try a dead evaluation again (operators)")
            .Produces<RequeueReply>(StatusCodes.Status202Accepted)
            .ProducesProblems(401, 403, 404, 503);
        evaluations.MapPost("/dead-letters/requeue", RequeueAllAsync)
            .WithSummary("Try every dead evaluation again (operators)")
            .Produces<RequeueReply>(StatusCodes.Status202Accepted)
            .ProducesProblems(401, 403, 503);
    }

    private static async Task<IResult> SummariseAsync(HttpContext context, IEvaluationStore store, TimeProvider time, CancellationToken cancellation)
    {
        if (Refused(context) is { } refused)
        {
            return refused;
        }

        var now = time.GetUtcNow();
        var counts = await store.CountAsync(cancellation);
        return new WireResult<EvaluationSummary>(new EvaluationSummary([.. counts.Select(c => ToStanding(c, now))]), ContractsJson.Default.EvaluationSummary);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, IEvaluationStore store, string? after, string? limit, CancellationToken cancellation)
    {
        if (Refused(context) is { } refused)
        {
            return refused;
        }

        if (!PageLimit.TryRead(limit, MaxPage, MaxPage, out var size))
        {
            return PageLimit.Bad(MaxPage);
        }

        EvaluationKey? cursor = null;
        if (after is not null && !DeadLetterCursor.TryParse(after, out cursor))
        {
            return new ProblemResult(ProblemKinds.InvalidRequest("after must be the value that a page gave."));
        }

        var dead = await store.DeadAsync(cursor, size + 1, cancellation);
        var page = dead.Take(size).ToArray();
        var next = dead.Count > size ? DeadLetterCursor.Write(page[^1].Key) : null;
        return new WireResult<DeadLetterList>(new DeadLetterList([.. page.Select(ToDeadLetter)], next), ContractsJson.Default.DeadLetterList);
    }

    private static async Task<IResult> RequeueAsync(
        string turnId, string evaluator, int version, HttpContext context, DeadEvaluations dead, CancellationToken cancellation)
        => Refused(context) is { } refused ? refused
            : await dead.TryRequeueAsync(new EvaluationKey(turnId, evaluator, version), cancellation) ? Requeued(1)
            : new ProblemResult(ProblemKinds.NotFound("dead evaluation"));

    private static async Task<IResult> RequeueAllAsync(HttpContext context, DeadEvaluations dead, CancellationToken cancellation)
        => Refused(context) is { } refused ? refused : Requeued(await dead.RequeueAllAsync(cancellation));

    private static WireResult<RequeueReply> Requeued(int count)
        => new(new RequeueReply(count), ContractsJson.Default.RequeueReply, StatusCodes.Status202Accepted);

    private static ProblemResult? Refused(HttpContext context)
        => context.Caller().IsOperator ? null : new ProblemResult(ProblemKinds.NotOperator);

    private static DeadLetter ToDeadLetter(DeadEvaluation dead) => new(dead.Key.TurnId, dead.Key.Evaluator, dead.Key.Version, dead.Reason, dead.CreatedAt);

    private static EvaluatorStanding ToStanding(EvaluationCount count, DateTimeOffset now) => new(
        count.Evaluator, count.Version, count.Completed + count.Skipped + count.Dead + count.Pending, count.Completed, count.Skipped, count.Dead, count.Pending,
        count.OldestPending is { } oldest ? Math.Round((now - oldest).TotalSeconds, 3) : null);
}
