using System.Text.Json;
using Vivace.Api.Auth;
using Vivace.Api.Bodies;
using Vivace.Api.Cancelling;
using Vivace.Api.OpenApi;
using Vivace.Api.Problems;
using Vivace.Contracts;
using Vivace.Contracts.Streams;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Evaluations;
using Vivace.Runtime.Storage;

namespace Vivace.Api.Turns;

/// <summary><c>/api/turns</c>: what a turn asked for, did and used.</summary>
internal static class TurnEndpoints
{
    public static void MapTurns(this WebApplication app)
    {
        var turns = app.MapGroup("/api/turns/{turnId}");
        turns.MapGet("", GetAsync)
            .WithSummary("What a turn asked for, did and used")
            .Produces<TurnDetails>()
            .ProducesProblems(401, 404, 503);
        turns.MapDelete("", CancelAsync)
            .WithSummary("Cancel a turn; one that has ended stays as it is")
            .Produces<TurnDetails>()
            .Produces<TurnDetails>(StatusCodes.Status202Accepted)
            .ProducesProblems(401, 404, 503);
        turns.MapGet("/stream", StreamAsync)
            .WithSummary("A turn's stream, from its beginning or after Last-Event-ID")
            .ReadsHeader("Last-Event-ID", "The id of the last event that was received; the stream goes on after it.")
            .Produces<StreamEvent>(contentType: "text/event-stream")
            .ProducesProblems(400, 401, 404, 503);
    }

    private static async Task<IResult> GetAsync(
        string turnId, HttpContext context, ITurnStore turns, IEvaluationStore evaluations, CancellationToken cancellation)
    {
        if (await turns.FindAsync(context.Caller().Owner, turnId, cancellation) is not { } turn)
        {
            return new ProblemResult(ProblemKinds.NotFound("turn"));
        }

        var judged = await evaluations.ForTurnAsync(turnId, cancellation);
        return new WireResult<TurnDetails>(ToDetails(turn, judged), ContractsJson.Default.TurnDetails);
    }

    /// <summary>202 while the turn is still ending, 200 once it has ended.</summary>
    private static async Task<IResult> CancelAsync(
        string turnId, HttpContext context, TurnCanceller canceller, IEvaluationStore evaluations, CancellationToken cancellation)
    {
        if (await canceller.CancelAsync(context.Caller().Owner, turnId, cancellation) is not { } turn)
        {
            return new ProblemResult(ProblemKinds.NotFound("turn"));
        }

        var judged = await evaluations.ForTurnAsync(turnId, cancellation);
        var status = turn.Status == TurnStatus.Running ? StatusCodes.Status202Accepted : StatusCodes.Status200OK;
        return new WireResult<TurnDetails>(ToDetails(turn, judged), ContractsJson.Default.TurnDetails, status);
    }

    private static Task<IResult> StreamAsync(string turnId, HttpContext context, TurnReplay replay, CancellationToken cancellation)
        => replay.StreamAsync(context.Caller().Owner, turnId, context.Request.Headers["Last-Event-ID"], replayed: false, cancellation).AsTask();

    private static TurnDetails ToDetails(TurnRow turn, IReadOnlyList<EvaluationRecord> evaluations) => new()
    {
        TurnId = turn.TurnId,
        ConversationId = turn.ConversationId,
        RoomId = turn.RoomId,
        Number = turn.Number,
        Status = turn.Status,
        Text = turn.Text,
        Responded = turn.Responded,
        Blocked = turn.Blocked,
        Failure = turn.Failure,
        CreatedAt = turn.CreatedAt,
        EndedAt = turn.EndedAt,
        Processing = StoredReport.Read(turn.Processing),
        Used = turn.Used is null ? null : JsonSerializer.Deserialize(turn.Used, WireJson.Context.TurnUsage),
        Evaluations = [.. evaluations.Select(ToDetails)],
    };

    private static EvaluationDetails ToDetails(EvaluationRecord record)
    {
        JsonElement? result = null;
        if (record.Result is not null)
        {
            using var document = JsonDocument.Parse(record.Result);
            result = document.RootElement.Clone();
        }

        return new(record.Evaluator, record.Version, record.Status.ToString().ToLowerInvariant(), record.Deferred, record.Reason, result);
    }
}
