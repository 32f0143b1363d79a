using Vivace.Contracts.Conversations;
using Vivace.Contracts.Messages;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Evaluations;
using Vivace.Runtime.Storage;

namespace Vivace.Sqlite.Tests;

/// <summary>What every store must do; each implementation inherits it.</summary>
public abstract partial class StoreConformance : IAsyncLifetime
{
    protected static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private const string Processing = """{"requested":{"mode":"fast"},"effective":{"mode":"fast","profile":"fast-v1"},"decidedBy":"message","arm":"fast","flagVersion":"v","path":"local","models":[]}""";

    private int ids;

    protected IStoreFixture Store { get; private set; } = null!;

    protected abstract Task<IStoreFixture> OpenAsync();

    public async Task InitializeAsync() => Store = await OpenAsync();

    public async Task DisposeAsync() => await Store.DisposeAsync();

    protected async Task<Conversation> ConverseAsync(string owner, DateTimeOffset? at = null)
    {
        var conversation = new Conversation { Id = NextId(), Title = "Test", RoomId = NextId(), CreatedAt = at ?? Now, UpdatedAt = at ?? Now };
        await Store.Conversations.CreateAsync(owner, conversation, default);
        return conversation;
    }

    protected async Task<TurnRow> AcceptAsync(Conversation conversation, string text)
    {
        var turn = NewTurn(conversation, "ana") with { Text = text };
        Assert.Equal(AcceptKind.Accepted, (await Store.Turns.AcceptAsync(turn, default)).Kind);
        return (await Store.Turns.FindAsync("ana", turn.TurnId, default))!;
    }

    protected async Task CompleteAsync(TurnRow turn, string reply, params EvaluationRecord[] evaluations)
        => Assert.Equal(CompletionOutcome.Written, await Store.Turns.CompleteAsync(Completion(turn, reply) with { Evaluations = evaluations }, default));

    private async Task<string> NewestTurnAsync(Conversation conversation)
        => (await Store.Conversations.MessagesAsync("ana", conversation.Id, null, 1, default))!.Messages[0].TurnId;

    private TurnAcceptance NewTurn(Conversation conversation, string owner) => new()
    {
        TurnId = NextId(),
        ConversationId = conversation.Id,
        Owner = owner,
        RoomId = conversation.RoomId,
        MessageId = NextId(),
        Text = "hi",
        ChannelType = ChannelType.Dm,
        Processing = Processing,
        At = Now,
        Worker = "w1",
        DueAt = Now.AddSeconds(60),
    };

    private TurnCompletion Completion(TurnRow turn, string text) => new()
    {
        TurnId = turn.TurnId,
        ConversationId = turn.ConversationId,
        Owner = turn.Owner,
        RoomId = turn.RoomId,
        Number = turn.Number,
        Attempt = 1,
        Status = TurnStatus.Done,
        Text = text,
        ReplyMessageId = NextId(),
        Responded = true,
        Processing = Processing,
        Used = "{}",
        At = Now,
        EvaluationsOverdueAt = Now.AddMinutes(2),
    };

    private static EvaluationRecord Pending(TurnRow turn, string evaluator) => new()
    {
        TurnId = turn.TurnId,
        ConversationId = turn.ConversationId,
        Number = turn.Number,
        Evaluator = evaluator,
        Version = 1,
        Status = EvaluationStatus.Pending,
        Deferred = true,
    };

    private string NextId() => $"{Interlocked.Increment(ref ids):d32}";
}
