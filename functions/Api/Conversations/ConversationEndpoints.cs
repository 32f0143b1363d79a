using System.Globalization;
using Vivace.Api.Auth;
using Vivace.Api.Bodies;
using Vivace.Api.Cancelling;
using Vivace.Api.OpenApi;
using Vivace.Api.Problems;
using Vivace.Contracts;
using Vivace.Contracts.Conversations;
using Vivace.Contracts.Messages;
using Vivace.Contracts.Validation;
using Vivace.Runtime.Storage;
using Vivace.Runtime.Turns;

namespace Vivace.Api.Conversations;

/// <summary><c>/api/conversations</c>: make, list, read, change and delete conversations, and read their history.</summary>
internal static class ConversationEndpoints
{
    private const int UsualPage = 100;
    private const int MaxPage = 200;

    public static void MapConversations(this WebApplication app)
    {
        var conversations = app.MapGroup("/api/conversations");
        conversations.MapPost("", CreateAsync)
            .WithSummary("Make a conversation")
            .AcceptsJson<CreateConversationRequest>(isRequired: false)
            .Produces<ConversationReply>(StatusCodes.Status201Created)
            .ProducesProblems(400, 401, 413, 415, 503);
        conversations.MapGet("", ListAsync)
            .WithSummary("The caller's conversations, newest change first")
            .Produces<ConversationList>()
            .ProducesProblems(400, 401, 503);
        conversations.MapGet("/{conversationId}", GetAsync)
            .WithSummary("One conversation")
            .Produces<ConversationReply>()
            .ProducesProblems(401, 404, 503);
        conversations.MapPatch("/{conversationId}", UpdateAsync)
            .WithSummary("Change title, default mode or muting (JSON merge patch)")
            .AcceptsJson<UpdateConversationRequest>()
            .Produces<ConversationReply>()
            .ProducesProblems(400, 401, 404, 413, 415, 503);
        conversations.MapDelete("/{conversationId}", DeleteAsync)
            .WithSummary("Delete a conversation and everything that belongs to it")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblems(401, 404, 503);
        conversations.MapGet("/{conversationId}/messages", HistoryAsync)
            .WithSummary("The history, newest page first, oldest first within a page")
            .Produces<MessageList>()
            .ProducesProblems(400, 401, 404, 503);
    }

    private static async Task<IResult> CreateAsync(
        HttpContext context, IConversationStore store, IdGenerator ids, TimeProvider time, CancellationToken cancellation)
    {
        var body = await RequestBody.ReadAsync(context.Request, mayBeEmpty: true, cancellation);
        if (body.Fault is { } unreadable)
        {
            return new ProblemResult(unreadable);
        }

        var parsed = ConversationBody.ParseCreate(body.Bytes);
        if (!parsed.IsValid)
        {
            return new ProblemResult(ProblemKinds.InvalidBody(parsed.Faults));
        }

        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        var conversation = new Conversation
        {
            Id = ids.Next(),
            Title = TitleOf(parsed.Value.Title),
            RoomId = ids.Next(),
            DefaultMode = parsed.Value.DefaultMode,
            CreatedAt = now,
            UpdatedAt = now,
        };
        await store.CreateAsync(context.Caller().Owner, conversation, cancellation);
        context.Response.Headers.Location = $"/api/conversations/{conversation.Id}";
        return Answer(conversation, StatusCodes.Status201Created);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, IConversationStore store, string? after, string? limit, CancellationToken cancellation)
    {
        if (!PageLimit.TryRead(limit, UsualPage, MaxPage, out var size))
        {
            return PageLimit.Bad(MaxPage);
        }

        ConversationCursor? cursor = null;
        if (after is not null && !ConversationCursor.TryParse(after, out cursor))
        {
            return new ProblemResult(ProblemKinds.InvalidRequest("after must be the value that a page gave."));
        }

        var page = await store.ListAsync(context.Caller().Owner, cursor, size, cancellation);
        return new WireResult<ConversationList>(new ConversationList(page.Conversations, page.Next?.ToString()), ContractsJson.Default.ConversationList);
    }

    private static async Task<IResult> GetAsync(
        string conversationId, HttpContext context, IConversationStore store, CancellationToken cancellation)
        => Answer(await store.FindAsync(context.Caller().Owner, conversationId, cancellation));

    private static async Task<IResult> UpdateAsync(
        string conversationId, HttpContext context, IConversationStore store, TimeProvider time, CancellationToken cancellation)
    {
        var body = await RequestBody.ReadAsync(context.Request, mayBeEmpty: false, cancellation);
        if (body.Fault is { } unreadable)
        {
            return new ProblemResult(unreadable);
        }

        var parsed = ConversationBody.ParseUpdate(body.Bytes);
        if (!parsed.IsValid)
        {
            return new ProblemResult(ProblemKinds.InvalidBody(parsed.Faults));
        }

        var change = parsed.Value.Title is { } title ? parsed.Value with { Title = TitleOf(title) } : parsed.Value;
        return Answer(await store.UpdateAsync(context.Caller().Owner, conversationId, change, time.GetUtcNow(), cancellation));
    }

    private static async Task<IResult> DeleteAsync(
        string conversationId, HttpContext context, IConversationStore store, TurnCanceller canceller, CancellationToken cancellation)
    {
        if (await store.DeleteAsync(context.Caller().Owner, conversationId, cancellation) is not { } running)
        {
            return new ProblemResult(ProblemKinds.NotFound("conversation"));
        }

        foreach (var turn in running)
        {
            await canceller.TellAsync(turn, cancellation);
        }

        return Results.NoContent();
    }

    private static async Task<IResult> HistoryAsync(
        string conversationId, HttpContext context, IConversationStore store, string? before, string? limit, CancellationToken cancellation)
    {
        long? position = null;
        if (before is not null)
        {
            if (!long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed))
            {
                return new ProblemResult(ProblemKinds.InvalidRequest("before must be the value that a page gave."));
            }

            position = parsed;
        }

        if (!PageLimit.TryRead(limit, UsualPage, MaxPage, out var size))
        {
            return PageLimit.Bad(MaxPage);
        }

        var page = await store.MessagesAsync(context.Caller().Owner, conversationId, position, size, cancellation);
        return page is null
            ? new ProblemResult(ProblemKinds.NotFound("conversation"))
            : new WireResult<MessageList>(ToList(page), ContractsJson.Default.MessageList);
    }

    private static string TitleOf(string? asked) => string.IsNullOrWhiteSpace(asked) ? "New conversation" : asked;

    private static MessageList ToList(MessagePage page) => new(
        [.. page.Messages.Select(m => new Message(
            m.Id, m.Role == MessageRole.User ? "user" : "assistant", m.Text, m.CreatedAt.ToUnixTimeMilliseconds(), m.TurnId, m.Source))],
        page.HasOlder ? page.Messages[0].Number.ToString(CultureInfo.InvariantCulture) : null);

    private static IResult Answer(Conversation? conversation, int status = StatusCodes.Status200OK) => conversation is null
        ? new ProblemResult(ProblemKinds.NotFound("conversation"))
        : new WireResult<ConversationReply>(new ConversationReply(conversation), ContractsJson.Default.ConversationReply, status);
}
