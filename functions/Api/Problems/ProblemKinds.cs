using Vivace.Contracts.Problems;
using Vivace.Contracts.Processing;

namespace Vivace.Api.Problems;

/// <summary>Every kind of problem that the API answers with.</summary>
internal static class ProblemKinds
{
    public static Problem InvalidBody(IReadOnlyList<BodyFault> faults) => new()
    {
        Type = "/problems/invalid-body",
        Title = "The body is not valid.",
        Status = StatusCodes.Status400BadRequest,
        Detail = string.Join(" ", faults.Select(f => f.Detail.EndsWith('.') ? f.Detail : f.Detail + ".")),
        Errors = faults,
    };

    public static Problem InvalidRequest(string detail) => Of("invalid-request", "The request is not valid.", StatusCodes.Status400BadRequest, detail);

    public static Problem Unauthorized { get; } = Of(
        "unauthorized", "A known key is required.", StatusCodes.Status401Unauthorized, "Send a key in X-Api-Key or as a bearer token.");

    public static Problem UnknownKey { get; } = Unauthorized with { Detail = "The key that was sent is not known here." };

    public static Problem Forbidden(string detail) => Of("forbidden", "The request is refused.", StatusCodes.Status403Forbidden, detail);

    public static Problem NotOperator { get; } = Forbidden("This needs a key with the role operator.");

    public static Problem NotFound(string what) => Of("not-found", "There is no such thing.", StatusCodes.Status404NotFound, $"There is no such {what}.");

    public static Problem MethodNotAllowed { get; } = Of(
        "method-not-allowed", "The method is not allowed here.", StatusCodes.Status405MethodNotAllowed, null);

    public static Problem InFlight(string turnId) => Of(
        "in-flight", "The message is being processed.", StatusCodes.Status409Conflict, $"See /api/turns/{turnId}.") with { TurnId = turnId };

    public static Problem RolloutRefused(string why) => Of(
        "rollout-refused", "The rollout does not allow it.", StatusCodes.Status409Conflict, why);

    public static Problem TooLarge(int limit) => Of(
        "too-large", "The body is too large.", StatusCodes.Status413PayloadTooLarge, $"A body has at most {limit} bytes.");

    public static Problem UnsupportedMediaType { get; } = Of(
        "unsupported-media-type", "The media type is not supported.", StatusCodes.Status415UnsupportedMediaType, "Send application/json in UTF-8.");

    public static Problem UnsupportedEncoding { get; } = Of(
        "unsupported-encoding", "The content encoding is not supported.", StatusCodes.Status415UnsupportedMediaType,
        "Send the body as it is, without Content-Encoding: compressed bodies are not read.");

    public static Problem KeyReused { get; } = Of(
        "idempotency-key-reused", "The idempotency key belongs to another message.", StatusCodes.Status422UnprocessableEntity,
        "Use a new key for a new message.");

    public static Problem TooManyRequests { get; } = Of(
        "too-many-requests", "Too many messages.", StatusCodes.Status429TooManyRequests, "Try again later.");

    public static Problem Internal { get; } = Of(
        "internal", "The server failed.", StatusCodes.Status500InternalServerError, "The fault has been logged.");

    public static Problem ModelFailed { get; } = Of(
        "model-failed", "The model did not answer.", StatusCodes.Status502BadGateway, "The message is stored. To try again, send it again, under a new key where it had one.");

    public static Problem StoreUnavailable { get; } = Of(
        "store-unavailable", "The store is not available.", StatusCodes.Status503ServiceUnavailable, "Try again later.");

    public static Problem Stopping { get; } = Of(
        "stopping", "The server stops.", StatusCodes.Status503ServiceUnavailable, "Nothing was accepted; send the message again.");

    public static Problem DeadlineExceeded { get; } = Of(
        "deadline-exceeded", "The reply took too long.", StatusCodes.Status503ServiceUnavailable, "The message is stored. To try again, send it again, under a new key where it had one.");

    public static Problem Lost { get; } = Of(
        "lost", "The turn was lost.", StatusCodes.Status500InternalServerError, "The process that ran it was lost; send the message again to try again.");

    public static Problem Cancelled { get; } = Of(
        "cancelled", "The turn was cancelled.", StatusCodes.Status409Conflict, "What a stream had shown is kept, unless its conversation was deleted.");

    public static Problem AfterAcceptance(this Problem problem, string turnId, ProcessingReport processing)
        => problem with { TurnId = turnId, Processing = processing };

    private static Problem Of(string type, string title, int status, string? detail)
        => new() { Type = $"/problems/{type}", Title = title, Status = status, Detail = detail };
}
