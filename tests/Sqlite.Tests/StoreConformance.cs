using Vivace.Contracts.Conversations;
using Vivace.Contracts.Messages;
using Vivace.Contracts.Processing;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Evaluations;
using Vivace.Runtime.Storage;

namespace Vivace.Sqlite.Tests;

/// <summary>What every store must do; each implementation inherits it.</summary>
public abstract class StoreConformance : IAsyncLifetime
{
    protected static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private const string Processing = """{"requested":{"mode":"fast"},"effective":{"mode":"fast","profile":"fast-v1"},"decidedBy":"message","arm":"fast","flagVersion":"v","path":"local","models":[]}""";

    private int ids;

    protected IStoreFixture Store { get; private set; } = null!;

    protected abstract Task<IStoreFixture> OpenAsync();

    public async Task InitializeAsync() => Store = await OpenAsync();

    public async Task DisposeAsync() => await Store.DisposeAsync();

    [Fact]
    public async Task A_conversation_is_found_by_its_owner_alone()
    {
        var conversation = await ConverseAsync("ana");

        Assert.Equal(conversation, await Store.Conversations.FindAsync("ana", conversation.Id, default));
        Assert.Null(await Store.Conversations.FindAsync("bob", conversation.Id, default));
        Assert.Null(await Store.Conversations.MessagesAsync("bob", conversation.Id, null, 10, default));
        Assert.Null(await Store.Conversations.UpdateAsync("bob", conversation.Id, new() { Title = "mine" }, Now, default));
        Assert.False(await Store.Conversations.DeleteAsync("bob", conversation.Id, default));
        Assert.Equal(AcceptKind.UnknownConversation, (await Store.Turns.AcceptAsync(NewTurn(conversation, "bob"), default)).Kind);
        Assert.Equal(conversation, await Store.Conversations.FindAsync("ana", conversation.Id, default));
    }

    [Fact]
    public async Task Conversations_are_paged_newest_change_first_without_gap_or_repeat()
    {
        var made = new List<string>();
        for (var i = 0; i < 25; i++)
        {
            made.Add((await ConverseAsync("ana", Now.AddSeconds(i / 2))).Id);
        }

        await ConverseAsync("bob");
        var seen = new List<Conversation>();
        ConversationCursor? after = null;
        do
        {
            var page = await Store.Conversations.ListAsync("ana", after, 10, default);
            seen.AddRange(page.Conversations);
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(made.Order(StringComparer.Ordinal), seen.Select(c => c.Id).Order(StringComparer.Ordinal));
        Assert.Equal(seen.OrderByDescending(c => c.UpdatedAt).Select(c => c.UpdatedAt), seen.Select(c => c.UpdatedAt));
    }

    [Fact]
    public async Task A_patch_changes_what_it_names_and_nothing_else()
    {
        var conversation = await ConverseAsync("ana");

        var muted = await Store.Conversations.UpdateAsync("ana", conversation.Id, new() { Muted = true }, Now.AddSeconds(1), default);
        var fast = await Store.Conversations.UpdateAsync("ana", conversation.Id, new() { ChangesDefaultMode = true, DefaultMode = ProcessingMode.Fast }, Now.AddSeconds(2), default);
        var cleared = await Store.Conversations.UpdateAsync("ana", conversation.Id, new() { ChangesDefaultMode = true, Title = "t" }, Now.AddSeconds(3), default);

        Assert.Equal(conversation with { Muted = true, UpdatedAt = Now.AddSeconds(1) }, muted);
        Assert.Equal(muted! with { DefaultMode = ProcessingMode.Fast, UpdatedAt = Now.AddSeconds(2) }, fast);
        Assert.Equal(fast! with { DefaultMode = null, Title = "t", UpdatedAt = Now.AddSeconds(3) }, cleared);
    }

    [Fact]
    public async Task Turns_are_numbered_and_their_messages_stand_side_by_side_however_they_overlap()
    {
        var conversation = await ConverseAsync("ana");
        var first = await AcceptAsync(conversation, "one");
        var second = await AcceptAsync(conversation, "two");

        await CompleteAsync(second, "reply two");
        await CompleteAsync(first, "reply one");

        var page = await Store.Conversations.MessagesAsync("ana", conversation.Id, null, 10, default);
        Assert.Equal(["one", "reply one", "two", "reply two"], page!.Messages.Select(m => m.Text));
        Assert.Equal([1, 2, 3, 4], page.Messages.Select(m => m.Number));
        var recent = await Store.Conversations.RecentMessagesAsync(conversation.Id, 3, 8, default);
        Assert.Equal(["one", "reply one"], recent.Select(m => m.Text));
    }

    [Fact]
    public async Task Prompts_see_messages_as_evaluators_left_them_and_nothing_of_blocked_or_running_turns()
    {
        var conversation = await ConverseAsync("ana");
        var plain = await AcceptAsync(conversation, "plain");
        var rewritten = await AcceptAsync(conversation, "my card is 1234");
        var blocked = await AcceptAsync(conversation, "unsafe");
        await AcceptAsync(conversation, "running");
        await CompleteAsync(plain, "reply");
        Assert.True(await Store.Turns.CompleteAsync(Completion(rewritten, "noted") with { RewrittenText = "my card is ****" }, default));
        Assert.True(await Store.Turns.CompleteAsync(Completion(blocked, "I can't") with { Blocked = true }, default));

        var prompt = await Store.Conversations.RecentMessagesAsync(conversation.Id, 99, 20, default);
        var history = await Store.Conversations.MessagesAsync("ana", conversation.Id, null, 20, default);

        Assert.Equal(["plain", "reply", "my card is ****", "noted"], prompt.Select(m => m.Text));
        Assert.Equal(["plain", "reply", "my card is 1234", "noted", "unsafe", "I can't", "running"], history!.Messages.Select(m => m.Text));
    }

    [Fact]
    public async Task History_is_paged_without_gap_or_repeat_and_survives_reopening()
    {
        var conversation = await ConverseAsync("ana");
        for (var i = 0; i < 13; i++)
        {
            await CompleteAsync(await AcceptAsync(conversation, $"m{i}"), $"r{i}");
        }

        await Store.ReopenAsync();
        var seen = new List<string>();
        long? before = null;
        for (var more = true; more;)
        {
            var page = await Store.Conversations.MessagesAsync("ana", conversation.Id, before, 7, default);
            seen.InsertRange(0, page!.Messages.Select(m => m.Text));
            (before, more) = (page.Messages[0].Number, page.HasOlder);
        }

        Assert.Equal(Enumerable.Range(0, 13).SelectMany(i => new[] { $"m{i}", $"r{i}" }), seen);
    }

    [Fact]
    public async Task A_turn_ends_once_and_only_for_the_attempt_that_owns_it()
    {
        var conversation = await ConverseAsync("ana");
        var turn = await AcceptAsync(conversation, "hi");

        Assert.False(await Store.Turns.CompleteAsync(Completion(turn, "wrong") with { Attempt = 2 }, default));
        Assert.True(await Store.Turns.CompleteAsync(Completion(turn, "right"), default));
        Assert.False(await Store.Turns.CompleteAsync(Completion(turn, "late"), default));

        var row = await Store.Turns.FindAsync("ana", turn.TurnId, default);
        Assert.Equal((TurnStatus.Done, "right"), (row!.Status, row.Text));
        Assert.Null(await Store.Turns.FindAsync("bob", turn.TurnId, default));
        Assert.Equal(["hi", "right"], (await Store.Conversations.MessagesAsync("ana", conversation.Id, null, 10, default))!.Messages.Select(m => m.Text));
    }

    [Fact]
    public async Task Only_one_attempt_wins_the_stream_and_only_it_checkpoints()
    {
        var turn = await AcceptAsync(await ConverseAsync("ana"), "hi");

        Assert.True(await Store.Turns.TryBeginStreamingAsync(turn.TurnId, 1, default));
        Assert.False(await Store.Turns.TryBeginStreamingAsync(turn.TurnId, 1, default));
        await Store.Turns.CheckpointAsync(turn.TurnId, 2, "wrong", default);
        await Store.Turns.CheckpointAsync(turn.TurnId, 1, "Once", default);

        var row = await Store.Turns.FindAsync("ana", turn.TurnId, default);
        Assert.Equal((1, "Once"), (row!.StreamingAttempt, row.Checkpoint));
    }

    [Fact]
    public async Task A_cancel_is_for_the_owner_of_a_running_turn()
    {
        var turn = await AcceptAsync(await ConverseAsync("ana"), "hi");

        Assert.False(await Store.Turns.RequestCancelAsync("bob", turn.TurnId, default));
        Assert.True(await Store.Turns.RequestCancelAsync("ana", turn.TurnId, default));
        Assert.True((await Store.Turns.FindAsync("ana", turn.TurnId, default))!.CancelRequested);
        await CompleteAsync(turn, "done");
        Assert.False(await Store.Turns.RequestCancelAsync("ana", turn.TurnId, default));
    }

    [Fact]
    public async Task A_turn_that_does_not_end_falls_due_to_be_handed_over()
    {
        var conversation = await ConverseAsync("ana");
        var ended = await AcceptAsync(conversation, "one");
        var lost = await AcceptAsync(conversation, "two");
        await CompleteAsync(ended, "reply");

        Assert.Empty(await Store.Turns.DueHandOversAsync(Now.AddSeconds(59), 10, default));
        Assert.Equal([lost.TurnId], (await Store.Turns.DueHandOversAsync(Now.AddSeconds(60), 10, default)).Select(t => t.TurnId));
    }

    [Fact]
    public async Task A_key_makes_one_turn_for_24_hours()
    {
        var conversation = await ConverseAsync("ana");
        var other = await ConverseAsync("ana");
        var first = NewTurn(conversation, "ana") with { IdempotencyKey = "k", PayloadHash = "p" };
        Assert.Equal(AcceptKind.Accepted, (await Store.Turns.AcceptAsync(first, default)).Kind);

        var again = await Store.Turns.AcceptAsync(NewTurn(conversation, "ana") with { IdempotencyKey = "k", PayloadHash = "p" }, default);
        var changed = await Store.Turns.AcceptAsync(NewTurn(conversation, "ana") with { IdempotencyKey = "k", PayloadHash = "q" }, default);
        var elsewhere = await Store.Turns.AcceptAsync(NewTurn(other, "ana") with { IdempotencyKey = "k", PayloadHash = "q" }, default);
        var later = await Store.Turns.AcceptAsync(NewTurn(conversation, "ana") with { IdempotencyKey = "k", PayloadHash = "q", At = Now.AddHours(25) }, default);

        Assert.Equal(new UsedKey(later.Number == 2 ? await NewestTurnAsync(conversation) : "", "q"), await Store.Turns.FindKeyAsync("ana", conversation.Id, "k", Now.AddHours(26), default));
        Assert.Null(await Store.Turns.FindKeyAsync("bob", conversation.Id, "k", Now.AddHours(26), default));
        Assert.Equal(1, await Store.Turns.ForgetKeysAsync(Now.AddHours(25), 10, default));
        Assert.Equal((AcceptKind.Duplicate, first.TurnId), (again.Kind, again.ExistingTurnId));
        Assert.Equal(AcceptKind.KeyReused, changed.Kind);
        Assert.Equal(AcceptKind.Accepted, elsewhere.Kind);
        Assert.Equal((AcceptKind.Accepted, 2L), (later.Kind, later.Number));
    }

    [Fact]
    public async Task Evaluations_end_once_and_so_do_their_effects()
    {
        var conversation = await ConverseAsync("ana");
        var turn = await AcceptAsync(conversation, "my name is Ana");
        await CompleteAsync(turn, "Hello.", Pending(turn, "E1"), Pending(turn, "E2"));

        var jobs = await Store.Evaluations.DueAsync(Now.AddSeconds(1), 10, default);
        var ended = Pending(turn, "E1") with { Status = EvaluationStatus.Completed, Result = """{"n":1}""", Facts = ["likes tea"] };

        Assert.Equal(["E1", "E2"], jobs.Select(j => j.Evaluator).Order(StringComparer.Ordinal));
        Assert.Equal(("my name is Ana", "Hello.", "fast-v1", ProcessingMode.Fast), (jobs[0].UserText, jobs[0].ReplyText, jobs[0].Profile, jobs[0].Mode));
        Assert.Equal([ended], await Store.Evaluations.EndAsync([ended], Now, default));
        Assert.Empty(await Store.Evaluations.EndAsync([ended with { Facts = ["likes coffee"] }], Now, default));
        await Store.Evaluations.RetryAsync(jobs.Single(j => j.Evaluator == "E2"), Now.AddMinutes(5), "TimeoutException", default);

        Assert.Empty(await Store.Evaluations.DueAsync(Now.AddMinutes(4), 10, default));
        Assert.Equal(1, (await Store.Evaluations.DueAsync(Now.AddMinutes(5), 10, default)).Single().Tries);
        Assert.Equal(["likes tea"], (await Store.Facts.ListAsync("ana", conversation.RoomId, 10, default)).Select(f => f.Text));
        Assert.Empty(await Store.Facts.ListAsync("bob", conversation.RoomId, 10, default));
        Assert.Equal(1, (await Store.Evaluations.LatestResultAsync(conversation.Id, "E1", 2, default))!.Value.GetProperty("n").GetInt32());
        Assert.Null(await Store.Evaluations.LatestResultAsync(conversation.Id, "E1", 1, default));
    }

    [Fact]
    public async Task A_fact_is_remembered_once_and_the_newest_are_listed()
    {
        var conversation = await ConverseAsync("ana");
        for (var i = 0; i < 5; i++)
        {
            await Store.Facts.AddAsync(new FactRow("ana", conversation.RoomId, $"fact {i % 4}", "t", Now.AddSeconds(i)), conversation.Id, default);
        }

        Assert.Equal(["fact 2", "fact 3"], (await Store.Facts.ListAsync("ana", conversation.RoomId, 2, default)).Select(f => f.Text));
    }

    [Fact]
    public async Task Deleting_a_conversation_removes_everything_of_it_and_a_late_reply_writes_nothing()
    {
        var kept = await ConverseAsync("ana");
        await CompleteAsync(await AcceptAsync(kept, "stay"), "here");
        var conversation = await ConverseAsync("ana");
        var ended = await AcceptAsync(conversation, "hi");
        await CompleteAsync(ended, "hello", Pending(ended, "E1"));
        var running = await AcceptAsync(conversation, "again");
        await Store.Facts.AddAsync(new FactRow("ana", conversation.RoomId, "f", ended.TurnId, Now), conversation.Id, default);

        Assert.True(await Store.Conversations.DeleteAsync("ana", conversation.Id, default));

        Assert.False(await Store.Turns.CompleteAsync(Completion(running, "too late"), default));
        await Store.Facts.AddAsync(new FactRow("ana", conversation.RoomId, "too late", running.TurnId, Now), conversation.Id, default);
        Assert.Null(await Store.Conversations.FindAsync("ana", conversation.Id, default));
        Assert.Null(await Store.Turns.FindAsync("ana", ended.TurnId, default));
        Assert.Empty(await Store.Evaluations.DueAsync(Now.AddDays(1), 10, default));
        Assert.Empty(await Store.Turns.DueHandOversAsync(Now.AddDays(1), 10, default));
        Assert.Empty(await Store.Facts.ListAsync("ana", conversation.RoomId, 10, default));
        Assert.Empty(await Store.Conversations.RecentMessagesAsync(conversation.Id, 99, 10, default));
        Assert.Equal(2, (await Store.Conversations.MessagesAsync("ana", kept.Id, null, 10, default))!.Messages.Count);
    }

    [Fact]
    public async Task Concurrent_turns_of_one_conversation_get_numbers_without_gap_or_repeat()
    {
        var conversation = await ConverseAsync("ana");

        var turns = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => AcceptAsync(conversation, $"m{i}"))));
        await Task.WhenAll(turns.Select(t => Task.Run(() => CompleteAsync(t, $"r {t.Number}"))));

        Assert.Equal(Enumerable.Range(1, 200).Select(n => (long)n), turns.Select(t => t.Number).Order());
        Assert.Equal(400, (await Store.Conversations.MessagesAsync("ana", conversation.Id, null, 1000, default))!.Messages.Count);
    }

    [Theory]
    [InlineData("naïve 日本語 😀 \u0000 \"quoted\" 'single' \\ \r\n\t")]
    [InlineData("'; DROP TABLE turns; --")]
    public async Task Any_text_is_kept_as_it_is(string text)
    {
        var conversation = await ConverseAsync("ana");

        await CompleteAsync(await AcceptAsync(conversation, text), text);

        Assert.Equal([text, text], (await Store.Conversations.MessagesAsync("ana", conversation.Id, null, 10, default))!.Messages.Select(m => m.Text));
    }

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
        => Assert.True(await Store.Turns.CompleteAsync(Completion(turn, reply) with { Evaluations = evaluations }, default));

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
        HandOverAt = Now.AddSeconds(60),
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
