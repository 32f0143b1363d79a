using Microsoft.OpenApi;
using Vivace.Api.Auth;
using Vivace.Api.Bodies;
using Vivace.Api.OpenApi;
using Vivace.Api.Problems;
using Vivace.Api.Rollouts.Drilling;
using Vivace.Api.Streams;
using Vivace.Api.Turns;
using Vivace.Contracts.Capabilities;
using Vivace.Contracts.Messages;
using Vivace.Contracts.Streams;
using Vivace.Contracts.Turns;
using Vivace.Contracts.Validation;
using Vivace.Runtime.Turns;

namespace Vivace.Api.Messages;

/// <summary><c>/api/conversations/{id}/messages</c>: say something, as one call or as a stream.</summary>
internal static partial class MessageEndpoints
{
    private const string LogCategory = "Vivace.Api.Messages";
    private const string KeyHeader = "Idempotency-Key";
    private const string KeyMeans = "The caller's name for this message, so that sending it again gives the same reply.";
    private const string ReplayedHeader = "Idempotent-Replayed";
    private const string ReplayedMeans = "true when the message had been sent before and this is what came of it.";
    private const string RetryAfterMeans = "Seconds after which to send the message again.";
    private const string ProbeHeader = "X-Vivace-Probe";

    public static void MapMessages(this WebApplication app)
    {
        var messages = app.MapGroup("/api/conversations/{conversationId}/messages");
        messages.MapPost("", SendAsync)
            .WithSummary("Send a message and wait for the reply")
            .AcceptsJson<SendMessageRequest>()
            .ReadsHeader(KeyHeader, KeyMeans, RequestLimits.Current.KeyLength)
            .Produces<MessageReply>()
            .ProducesProblems(400, 401, 404, 409, 413, 415, 422, 429, 502, 503)
            .SendsHeader(ReplayedHeader, JsonSchemaType.Boolean, ReplayedMeans, "200", "409", "502", "503")
            .SendsHeader("Retry-After", JsonSchemaType.Integer, RetryAfterMeans, "429", "503");
        messages.MapPost("/stream", StreamAsync)
            .WithSummary("Send a message and stream the reply as Server-Sent Events")
            .AcceptsJson<SendMessageRequest>()
            .ReadsHeader(KeyHeader, KeyMeans, RequestLimits.Current.KeyLength)
            .ReadsHeader("Last-Event-ID", "With a key that was used before: the id of the last event that was received.")
            .Produces<StreamEvent>(contentType: "text/event-stream")
            .ProducesProblems(400, 401, 404, 409, 413, 415, 422, 429, 503)
            .SendsHeader(ReplayedHeader, JsonSchemaType.Boolean, ReplayedMeans, "200")
            .SendsHeader("Retry-After", JsonSchemaType.Integer, RetryAfterMeans, "429");
    }

    private static async Task<IResult> SendAsync(
        string conversationId, HttpContext context, TurnAcceptor acceptor, TurnExecutor executor, TurnDispatch dispatch, TurnReplay replay, DrillFaults drills, AgentOptions agent)
    {
        var (turn, hasKey, answer) = await EnterAsync(context, conversationId, streamed: false, acceptor, replay, drills);
        if (turn is null)
        {
            return answer!;
        }

        // With a key the turn runs on when the client goes away, and the retry gets its reply.
        var result = await executor.RunAsync(turn, hasKey ? CancellationToken.None : context.RequestAborted);
        if (turn.Live!.IsHandedOver && result.Status == TurnStatus.Running)
        {
            await dispatch.TrySendAsync(turn.Context.Options);
        }

        return TurnReplies.Answer(result, agent.Name);
    }

    private static async Task<IResult> StreamAsync(
        string conversationId, HttpContext context, TurnAcceptor acceptor, TurnDispatch dispatch, StreamRelays relays, TurnReplay replay, DrillFaults drills)
    {
        var (turn, _, answer) = await EnterAsync(context, conversationId, streamed: true, acceptor, replay, drills);
        if (turn is null)
        {
            return answer!;
        }

        var options = turn.Context.Options;
        var report = options.Processing.ToReport();
        var key = new TurnKey(options.TurnId, options.Owner, options.RoomId, Streamed: true, report);
        var frames = relays.Follow(key, after: null, context.RequestAborted);
        _ = dispatch.TrySendAsync(options);
        return new SseResult(frames.AsToldTo(report));
    }

    /// <summary>An accepted turn, not yet running, or the answer in its place.</summary>
    private static async ValueTask<(AcceptedTurn? Turn, bool HasKey, IResult? Answer)> EnterAsync(
        HttpContext context, string conversationId, bool streamed, TurnAcceptor acceptor, TurnReplay replay, DrillFaults drills)
    {
        var (message, fault) = await ReadAsync(context, conversationId, streamed, drills);
        if (message is null)
        {
            return (null, false, fault);
        }

        var owner = message.Caller.Owner;
        return await acceptor.AcceptAsync(message, context.RequestAborted) switch
        {
            { Turn: { } turn } => (turn, message.Key is not null, null),
            { DuplicateOf: { } earlier } => (null, true, streamed
                ? await replay.StreamAsync(owner, earlier, context.Request.Headers["Last-Event-ID"], replayed: true, context.RequestAborted)
                : await replay.AnswerAsync(owner, earlier, context.RequestAborted)),
            var refused => (null, false, new ProblemResult(refused.Problem!, refused.RetryAfter)),
        };
    }

    private static async ValueTask<(IncomingMessage? Message, IResult? Fault)> ReadAsync(
        HttpContext context, string conversationId, bool streamed, DrillFaults drills)
    {
        var (drill, refused) = await drills.OfAsync(context.Request.Headers, context.Caller(), streamed, context.RequestAborted);
        if (refused is not null)
        {
            return (null, new ProblemResult(refused));
        }

        var body = await RequestBody.ReadAsync(context.Request, mayBeEmpty: false, context.RequestAborted);
        if (body.Fault is { } unreadable)
        {
            return (null, new ProblemResult(unreadable));
        }

        var parsed = MessageBody.Parse(body.Bytes);
        if (!parsed.IsValid)
        {
            return (null, new ProblemResult(ProblemKinds.InvalidBody(parsed.Faults)));
        }

        if (parsed.UnknownMembers > 0)
        {
            Log.Unknown(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(LogCategory), parsed.UnknownMembers);
        }

        var key = (string?)context.Request.Headers[KeyHeader] ?? parsed.Value.ClientMessageId;
        return key is { Length: 0 } || key?.Length > RequestLimits.Current.KeyLength
            ? (null, new ProblemResult(ProblemKinds.InvalidRequest($"{KeyHeader} must have 1 to {RequestLimits.Current.KeyLength} characters.")))
            : (new IncomingMessage(context.Caller(), conversationId, parsed.Value, body.Bytes, key, streamed) { IsProbe = IsProbe(context), Fault = drill }, null);
    }

    private static bool IsProbe(HttpContext context) => context.Caller().IsOperator && context.Request.Headers[ProbeHeader] == "1";

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "{Count} members of a message's body are not known and were ignored")]
        public static partial void Unknown(ILogger logger, int count);
    }
}
