using Vivace.Contracts.Conversations;
using Vivace.Contracts.Messages;
using Vivace.Contracts.Processing;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Evaluations;
using Vivace.Runtime.Processing;
using Vivace.Runtime.Storage;

namespace Vivace.Sqlite.Tests;

public abstract partial class StoreConformance
{
    /// <summary>What a completion says that does not know the position its turn will get.</summary>
    private const long WrongNumber = 77;

    [Theory]
    [InlineData("done")]
    [InlineData("blocked")]
    [InlineData("cancelled")]
    [InlineData("failed")]
    [InlineData("rewritten")]
    public async Task A_recorded_turn_reads_as_one_that_was_accepted_and_then_ended(string kind)
    {
        var (twoSteps, atOnce) = (await ConverseAsync("ana"), await ConverseAsync("ana"));
        foreach (var conversation in new[] { twoSteps, atOnce })
        {
            await CompleteAsync(await AcceptAsync(conversation, "before"), "reply");
        }

        var (accepted, recorded) = (Asked(twoSteps), Asked(atOnce));
        Assert.Equal(AcceptKind.Accepted, (await Store.Turns.AcceptAsync(accepted, default)).Kind);
        Assert.Equal(CompletionOutcome.Written, await Store.Turns.CompleteAsync(Ended(accepted, kind) with { Number = 2 }, default));
        Assert.Equal(new AcceptOutcome(AcceptKind.Accepted, 2), await Store.Turns.RecordAsync(recorded, Ended(recorded, kind), default));
        foreach (var conversation in new[] { twoSteps, atOnce })
        {
            await CompleteAsync(await AcceptAsync(conversation, "after"), "reply");
        }

        var expected = await ReadAsync(accepted);
        var read = await ReadAsync(recorded);
        Assert.Equal(expected.Turn, read.Turn);
        Assert.Equal(expected.Conversation, read.Conversation);
        Assert.Equal(expected.Messages, read.Messages);
        Assert.Equal(expected.Prompt, read.Prompt);
        Assert.Equal(expected.Evaluations, read.Evaluations);
        Assert.Equal(expected.Jobs, read.Jobs);
        Assert.Equal(expected.Facts, read.Facts);
        Assert.Equal((Ended(recorded, kind).Status, Ended(recorded, kind).Text), (read.Turn.Status, read.Turn.Text));
        Assert.Equal(kind == "done" ? (2, 1, 1) : (0, 0, 0), (read.Evaluations.Count, read.Jobs.Count, read.Facts.Count));
    }

    [Fact]
    public async Task A_recorded_turn_is_counted_on_from_the_conversation_whatever_its_end_believed()
    {
        var conversation = await ConverseAsync("ana");
        await AcceptAsync(conversation, "one");
        var recorded = Asked(conversation);

        Assert.Equal(new AcceptOutcome(AcceptKind.Accepted, 2), await Store.Turns.RecordAsync(recorded, Ended(recorded, "done"), default));

        Assert.Equal(3, (await AcceptAsync(conversation, "three")).Number);
        Assert.Equal(2, (await Store.Turns.FindAsync("ana", recorded.TurnId, default))!.Number);
        Assert.Equal([2L, 2L], (await Store.Evaluations.ForTurnAsync(recorded.TurnId, default)).Select(e => e.Number));
        Assert.Equal([1L, 3L, 4L, 5L], (await Store.Conversations.MessagesAsync("ana", conversation.Id, null, 10, default))!.Messages.Select(m => m.Number));
    }

    [Fact]
    public async Task A_turn_of_an_unknown_or_foreign_conversation_is_not_recorded()
    {
        var conversation = await ConverseAsync("ana");
        var foreign = Asked(conversation) with { Owner = "bob" };
        var unknown = Asked(conversation) with { ConversationId = "unknown" };

        Assert.Equal(new AcceptOutcome(AcceptKind.UnknownConversation), await Store.Turns.RecordAsync(foreign, Ended(foreign, "done"), default));
        Assert.Equal(new AcceptOutcome(AcceptKind.UnknownConversation), await Store.Turns.RecordAsync(unknown, Ended(unknown, "done"), default));

        Assert.Equal(new ConversationState(conversation, 0), await Store.Conversations.FindStateAsync("ana", conversation.Id, default));
        Assert.Empty((await Store.Conversations.MessagesAsync("ana", conversation.Id, null, 10, default))!.Messages);
        foreach (var turn in new[] { foreign, unknown })
        {
            Assert.Null(await Store.Turns.FindAsync(turn.Owner, turn.TurnId, default));
            Assert.Empty(await Store.Evaluations.ForTurnAsync(turn.TurnId, default));
            Assert.Empty(await Store.Facts.ListAsync(turn.Owner, turn.RoomId, 10, default));
        }
    }

    [Fact]
    public async Task A_turn_with_a_key_is_never_recorded_at_once()
    {
        var conversation = await ConverseAsync("ana");
        var keyed = Asked(conversation) with { IdempotencyKey = "k", PayloadHash = "p" };

        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.Turns.RecordAsync(keyed, Ended(keyed, "done"), default));

        Assert.Null(await Store.Turns.FindAsync("ana", keyed.TurnId, default));
        Assert.Null(await Store.Turns.FindKeyAsync("ana", conversation.Id, "k", Now, default));
    }

    [Fact]
    public async Task A_turn_is_recorded_once()
    {
        var conversation = await ConverseAsync("ana");
        var turn = Asked(conversation);
        await Store.Turns.RecordAsync(turn, Ended(turn, "done"), default);

        var again = Ended(turn, "done") with { Text = "Another reply.", Evaluations = [] };
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await Store.Turns.RecordAsync(turn with { MessageId = NextId() }, again, default));

        Assert.Equal(1, (await Store.Conversations.FindStateAsync("ana", conversation.Id, default))!.Turns);
        Assert.Equal("Hello.", (await Store.Turns.FindAsync("ana", turn.TurnId, default))!.Text);
        Assert.Equal(["my name is Ana", "Hello."], (await Store.Conversations.MessagesAsync("ana", conversation.Id, null, 10, default))!.Messages.Select(m => m.Text));
    }

    [Fact]
    public async Task Turns_recorded_and_accepted_at_the_same_time_get_numbers_without_gap_or_repeat()
    {
        var conversation = await ConverseAsync("ana");
        var turns = Enumerable.Range(0, 200).Select(i => (IsRecorded: i % 2 == 0, Turn: Asked(conversation))).ToList();

        var numbers = await Task.WhenAll(turns.Select(t => Task.Run(async () => t.IsRecorded
            ? (await Store.Turns.RecordAsync(t.Turn, Ended(t.Turn, "blocked"), default)).Number
            : (await Store.Turns.AcceptAsync(t.Turn, default)).Number)));

        Assert.Equal(Enumerable.Range(1, 200).Select(n => (long)n), numbers.Order());
        Assert.Equal(numbers, await Task.WhenAll(turns.Select(async t => (await Store.Turns.FindAsync("ana", t.Turn.TurnId, default))!.Number)));
        Assert.Equal(300, (await Store.Conversations.MessagesAsync("ana", conversation.Id, null, 1000, default))!.Messages.Count);
        Assert.Equal(200, (await Store.Conversations.FindStateAsync("ana", conversation.Id, default))!.Turns);
    }

    [Fact]
    public async Task A_recorded_turn_is_never_due_begun_cancelled_or_ended_again()
    {
        var conversation = await ConverseAsync("ana");
        var turn = Asked(conversation);
        await Store.Turns.RecordAsync(turn, Ended(turn, "done"), default);

        Assert.Empty(await Store.Turns.TakeDueAsync(Now.AddYears(1), Now.AddYears(2), 10, default));
        Assert.Null(await Store.Turns.BeginAttemptAsync(turn.TurnId, "w2", Now, default));
        var row = await Store.Turns.RequestCancelAsync("ana", turn.TurnId, default);
        Assert.Equal((TurnStatus.Done, false, "Hello."), (row!.Status, row.CancelRequested, row.Text));
        Assert.Equal(CompletionOutcome.Superseded, await Store.Turns.CompleteAsync(Ended(turn, "cancelled") with { Number = 1, Evaluations = [] }, default));
        Assert.Empty((await Store.Conversations.DeleteAsync("ana", conversation.Id, default))!);
        Assert.Null(await Store.Turns.FindAsync("ana", turn.TurnId, default));
    }

    [Fact]
    public async Task The_state_of_a_conversation_counts_its_turns_for_its_owner_alone()
    {
        var conversation = await ConverseAsync("ana");
        var counts = new List<long?> { await CountAsync() };
        var running = await AcceptAsync(conversation, "one");
        counts.Add(await CountAsync());
        await CompleteAsync(running, "reply");
        counts.Add(await CountAsync());
        var recorded = Asked(conversation);
        await Store.Turns.RecordAsync(recorded, Ended(recorded, "done"), default);
        counts.Add(await CountAsync());

        Assert.Equal([0L, 1L, 1L, 2L], counts);
        var state = await Store.Conversations.FindStateAsync("ana", conversation.Id, default);
        Assert.Equal(await Store.Conversations.FindAsync("ana", conversation.Id, default), state!.Conversation);
        Assert.Null(await Store.Conversations.FindStateAsync("bob", conversation.Id, default));
        Assert.Null(await Store.Conversations.FindStateAsync("ana", "unknown", default));

        async Task<long?> CountAsync() => (await Store.Conversations.FindStateAsync("ana", conversation.Id, default))?.Turns;
    }

    /// <summary>Everything that is read of a turn, without the ids that tell it from another.</summary>
    private async Task<RecordedRows> ReadAsync(TurnAcceptance turn)
    {
        var row = (await Store.Turns.FindAsync(turn.Owner, turn.TurnId, default))!;
        var messages = (await Store.Conversations.MessagesAsync(turn.Owner, turn.ConversationId, null, 10, default))!.Messages;
        var own = messages.Where(m => m.TurnId == turn.TurnId).Select(m => m.Id).ToList();
        Assert.Equal(turn.MessageId, own[0]);
        Assert.Equal(messages.Count, messages.DistinctBy(m => m.Id).Count());
        return new RecordedRows(
            row with { TurnId = "", ConversationId = "", RoomId = "" },
            (await Store.Conversations.FindAsync(turn.Owner, turn.ConversationId, default))! with { Id = "", RoomId = "" },
            [.. messages.Select(m => m with { Id = "", TurnId = own.Contains(m.Id) ? "its" : "" })],
            await Store.Conversations.RecentMessagesAsync(turn.ConversationId, MessageNumber.OfUser(4), 10, default),
            [.. (await Store.Evaluations.ForTurnAsync(turn.TurnId, default)).Select(e => e with { TurnId = "", ConversationId = "" })],
            [.. (await Store.Evaluations.DueAsync(turn.TurnId, Now.AddHours(1), default)).Select(j => j with { TurnId = "", ConversationId = "", RoomId = "" })],
            [.. (await Store.Facts.ListAsync(turn.Owner, turn.RoomId, 10, default)).Select(f => (f.Text, f.TurnId == turn.TurnId, f.CreatedAt))]);
    }

    protected TurnAcceptance Asked(Conversation conversation) => NewTurn(conversation, "ana") with
    {
        Text = "my name is Ana",
        ChannelType = ChannelType.VoiceGroup,
        At = Now.AddSeconds(3),
        Rollout = new TurnRollout("r1", "unit", RolloutArm.Fast, 12.5, Cohort: true, AskedFast: true, Now.AddSeconds(3)),
    };

    protected TurnCompletion Ended(TurnAcceptance turn, string kind)
    {
        var end = new TurnCompletion
        {
            TurnId = turn.TurnId,
            ConversationId = turn.ConversationId,
            Owner = turn.Owner,
            RoomId = turn.RoomId,
            Number = WrongNumber,
            Attempt = 1,
            Status = TurnStatus.Done,
            Text = "Hello.",
            ReplyMessageId = NextId(),
            Source = "fast-v1",
            Responded = true,
            Processing = Processing.Replace("\"models\":[]", "\"models\":[],\"timings\":{\"totalMs\":1,\"stages\":{}}", StringComparison.Ordinal),
            Used = """{"profileHash":"h"}""",
            At = Now.AddSeconds(5),
            EvaluationsOverdueAt = Now.AddMinutes(2),
        };
        return kind switch
        {
            "blocked" => end with { Text = "I can't.", Blocked = true },
            "cancelled" => end with { Status = TurnStatus.Cancelled, Text = "", Responded = false },
            "failed" => end with { Status = TurnStatus.Failed, Text = "", Responded = false, Failure = "model" },
            "rewritten" => end with { RewrittenText = "my name is ***" },
            _ => end with { Evaluations = [Judged(turn, "E1", EvaluationStatus.Pending), Judged(turn, "E2", EvaluationStatus.Completed) with { Result = """{"n":1}""", Facts = ["is called Ana"] }] },
        };
    }

    private static EvaluationRecord Judged(TurnAcceptance turn, string evaluator, EvaluationStatus status) => new()
    {
        TurnId = turn.TurnId,
        ConversationId = turn.ConversationId,
        Number = WrongNumber,
        Evaluator = evaluator,
        Version = 1,
        Status = status,
        Deferred = status == EvaluationStatus.Pending,
    };

    private sealed record RecordedRows(
        TurnRow Turn,
        Conversation Conversation,
        IReadOnlyList<MessageRow> Messages,
        IReadOnlyList<PromptMessage> Prompt,
        IReadOnlyList<EvaluationRecord> Evaluations,
        IReadOnlyList<EvaluationJob> Jobs,
        IReadOnlyList<(string Text, bool IsOfTurn, DateTimeOffset At)> Facts);
}
