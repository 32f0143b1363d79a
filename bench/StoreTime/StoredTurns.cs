using Vivace.Contracts.Conversations;
using Vivace.Contracts.Messages;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Storage;
using Vivace.Runtime.Turns;
using Vivace.Sqlite;

namespace Vivace.Bench.StoreTime;

/// <summary>Turns that are only stored, in 64 conversations.</summary>
internal sealed class StoredTurns : IDisposable
{
    private const int ConversationCount = 64;
    private const string Owner = "bench";

    private readonly SqliteStore store;
    private readonly StoredExample example;
    private readonly IdGenerator ids = new(TimeProvider.System);
    private readonly Conversation[] conversations = new Conversation[ConversationCount];

    private StoredTurns(string folder, StoredExample example)
    {
        store = new SqliteStore(new SqliteOptions { Folder = folder });
        this.example = example;
    }

    public static async Task<StoredTurns> CreateAsync(string folder, StoredExample example)
    {
        var turns = new StoredTurns(folder, example);
        var now = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < ConversationCount; i++)
        {
            turns.conversations[i] = new Conversation { Id = turns.ids.Next(), Title = "Bench", RoomId = turns.ids.Next(), CreatedAt = now, UpdatedAt = now };
            await turns.store.Conversations.CreateAsync(Owner, turns.conversations[i], CancellationToken.None);
        }

        return turns;
    }

    /// <summary>The store's part of one turn.</summary>
    /// <param name="lane">Which of the conversations.</param>
    /// <param name="part">What of it.</param>
    public async Task TurnAsync(int lane, StoredPart part)
    {
        var conversation = conversations[lane % ConversationCount];
        var turnId = ids.Next();
        var acceptance = Acceptance(conversation, turnId);
        if (part == StoredPart.TwoWrites)
        {
            var accepted = await store.Turns.AcceptAsync(acceptance, CancellationToken.None);
            var written = await store.Turns.CompleteAsync(Completion(conversation, turnId, accepted.Number), CancellationToken.None);
            Check(written == CompletionOutcome.Written);
            return;
        }

        if (part == StoredPart.ReadsAndOneWrite)
        {
            await ReadAsync(conversation);
        }

        var recorded = await store.Turns.RecordAsync(acceptance, Completion(conversation, turnId, 0), CancellationToken.None);
        Check(recorded.Kind == AcceptKind.Accepted);
    }

    public void Dispose() => store.Dispose();

    private static void Check(bool written)
    {
        if (!written)
        {
            throw new InvalidOperationException("A turn was not written.");
        }
    }

    private async Task ReadAsync(Conversation conversation)
    {
        var state = await store.Conversations.FindStateAsync(Owner, conversation.Id, CancellationToken.None);
        var number = state!.Turns + 1;
        await store.Conversations.RecentMessagesAsync(conversation.Id, MessageNumber.OfUser(number), example.RecentMessages, CancellationToken.None);
        await store.Facts.ListAsync(Owner, conversation.RoomId, 20, CancellationToken.None);
        await store.Evaluations.LatestResultAsync(conversation.Id, "REFLECTION", number, CancellationToken.None);
    }

    private TurnAcceptance Acceptance(Conversation conversation, string turnId)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new TurnAcceptance
        {
            TurnId = turnId,
            ConversationId = conversation.Id,
            Owner = Owner,
            RoomId = conversation.RoomId,
            MessageId = ids.Next(),
            Text = BenchMessage.Text,
            ChannelType = ChannelType.Dm,
            Processing = example.Turn.Processing,
            At = now,
            Worker = "bench",
            DueAt = now + TimeSpan.FromMinutes(5),
        };
    }

    private TurnCompletion Completion(Conversation conversation, string turnId, long number) => new()
    {
        TurnId = turnId,
        ConversationId = conversation.Id,
        Owner = Owner,
        RoomId = conversation.RoomId,
        Number = number,
        Attempt = 1,
        Status = TurnStatus.Done,
        Text = example.Turn.Text!,
        ReplyMessageId = ids.Next(),
        Source = "default",
        Responded = true,
        Processing = example.Turn.Processing,
        Used = example.Turn.Used!,
        At = TimeProvider.System.GetUtcNow(),
        Evaluations = [.. example.Evaluations.Select(e => e with { TurnId = turnId, ConversationId = conversation.Id, Number = number })],
    };
}
