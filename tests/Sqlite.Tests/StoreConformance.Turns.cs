using Vivace.Contracts.Turns;
using Vivace.Runtime.Storage;

namespace Vivace.Sqlite.Tests;

public abstract partial class StoreConformance
{
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
    public async Task A_turn_ends_once_and_only_for_the_attempt_that_owns_it()
    {
        var conversation = await ConverseAsync("ana");
        var turn = await AcceptAsync(conversation, "hi");

        Assert.Equal(CompletionOutcome.Superseded, await Store.Turns.CompleteAsync(Completion(turn, "wrong") with { Attempt = 2 }, default));
        Assert.Equal(CompletionOutcome.Written, await Store.Turns.CompleteAsync(Completion(turn, "right"), default));
        Assert.Equal(CompletionOutcome.Superseded, await Store.Turns.CompleteAsync(Completion(turn, "late"), default));

        var row = await Store.Turns.FindAsync("ana", turn.TurnId, default);
        Assert.Equal((TurnStatus.Done, "right"), (row!.Status, row.Text));
        Assert.Null(await Store.Turns.FindAsync("bob", turn.TurnId, default));
        Assert.Equal(["hi", "right"], (await Store.Conversations.MessagesAsync("ana", conversation.Id, null, 10, default))!.Messages.Select(m => m.Text));
    }

    [Fact]
    public async Task Only_one_attempt_wins_the_stream_and_only_it_checkpoints()
    {
        var turn = await AcceptAsync(await ConverseAsync("ana"), "hi");

        Assert.True(await Store.Turns.TryBeginStreamingAsync(turn.TurnId, 1, "On", default));
        Assert.False(await Store.Turns.TryBeginStreamingAsync(turn.TurnId, 1, "Off", default));
        Assert.False(await Store.Turns.CheckpointAsync(turn.TurnId, 2, "wrong", default));
        Assert.True(await Store.Turns.CheckpointAsync(turn.TurnId, 1, "Once", default));

        var row = await Store.Turns.FindAsync("ana", turn.TurnId, default);
        Assert.Equal((1, "Once"), (row!.StreamingAttempt, row.Checkpoint));
    }

    [Fact]
    public async Task A_later_attempt_fences_the_one_before_off()
    {
        var turn = await AcceptAsync(await ConverseAsync("ana"), "hi");
        Assert.True(await Store.Turns.TryBeginStreamingAsync(turn.TurnId, 1, "On", default));

        var second = await Store.Turns.BeginAttemptAsync(turn.TurnId, "w2", Now.AddSeconds(90), default);

        Assert.Equal((2, 1, "On", "w2"), (second!.Turn.Attempt, second.Turn.StreamingAttempt, second.Turn.Checkpoint, second.Turn.Worker));
        Assert.Equal(("hi", false), (second.Text, second.Muted));
        Assert.False(await Store.Turns.CheckpointAsync(turn.TurnId, 1, "Once", default));
        Assert.False(await Store.Turns.TryBeginStreamingAsync(turn.TurnId, 2, "Two", default));
        Assert.Equal(CompletionOutcome.Superseded, await Store.Turns.CompleteAsync(Completion(turn, "one"), default));
        Assert.Equal(CompletionOutcome.Written, await Store.Turns.CompleteAsync(Completion(turn, "two") with { Attempt = 2 }, default));
        Assert.Null(await Store.Turns.BeginAttemptAsync(turn.TurnId, "w3", Now, default));
    }

    [Fact]
    public async Task A_turn_that_waits_for_a_worker_is_begun_as_its_first_attempt()
    {
        var conversation = await ConverseAsync("ana");
        var turn = NewTurn(conversation, "ana") with { Worker = null, Streamed = true };
        await Store.Turns.AcceptAsync(turn, default);
        Assert.Equal((0, null), ((await Store.Turns.FindAsync("ana", turn.TurnId, default))!.Attempt, (await Store.Turns.FindAsync("ana", turn.TurnId, default))!.Worker));

        var work = await Store.Turns.BeginAttemptAsync(turn.TurnId, "w1", Now.AddSeconds(90), default);

        Assert.Equal((1, "w1", true), (work!.Turn.Attempt, work.Turn.Worker, work.Turn.Streamed));
    }

    [Fact]
    public async Task A_cancel_is_for_the_owner_of_a_running_turn()
    {
        var turn = await AcceptAsync(await ConverseAsync("ana"), "hi");

        Assert.Null(await Store.Turns.RequestCancelAsync("bob", turn.TurnId, default));
        Assert.False((await Store.Turns.FindAsync("ana", turn.TurnId, default))!.CancelRequested);
        Assert.Equal((TurnStatus.Running, true), StatusOf(await Store.Turns.RequestCancelAsync("ana", turn.TurnId, default)));
        Assert.Equal(CompletionOutcome.CancelRequested, await Store.Turns.CompleteAsync(Completion(turn, "done"), default));
        Assert.Equal(CompletionOutcome.Written, await Store.Turns.CompleteAsync(Completion(turn, "do") with { Status = TurnStatus.Cancelled }, default));
        Assert.Equal((TurnStatus.Cancelled, true), StatusOf(await Store.Turns.RequestCancelAsync("ana", turn.TurnId, default)));

        static (TurnStatus, bool) StatusOf(TurnRow? row) => (row!.Status, row.CancelRequested);
    }

    [Fact]
    public async Task A_turn_that_does_not_end_falls_due_and_is_found_by_one_at_a_time()
    {
        var conversation = await ConverseAsync("ana");
        var ended = await AcceptAsync(conversation, "one");
        var lost = await AcceptAsync(conversation, "two");
        await CompleteAsync(ended, "reply");

        Assert.Empty(await Store.Turns.TakeDueAsync(Now.AddSeconds(59), Now.AddSeconds(99), 10, default));
        Assert.Equal([new DueTurn(lost.TurnId, "ana", conversation.RoomId, 1)], await Store.Turns.TakeDueAsync(Now.AddSeconds(60), Now.AddSeconds(100), 10, default));
        Assert.Empty(await Store.Turns.TakeDueAsync(Now.AddSeconds(99), Now.AddSeconds(200), 10, default));
        Assert.Single(await Store.Turns.TakeDueAsync(Now.AddSeconds(100), Now.AddSeconds(200), 10, default));
    }

    [Fact]
    public async Task Deleting_a_conversation_tells_which_turns_ran()
    {
        var conversation = await ConverseAsync("ana");
        await CompleteAsync(await AcceptAsync(conversation, "one"), "reply");
        var running = await AcceptAsync(conversation, "two");

        Assert.Null(await Store.Conversations.DeleteAsync("bob", conversation.Id, default));
        Assert.Equal([new RunningTurn(running.TurnId, "w1")], await Store.Conversations.DeleteAsync("ana", conversation.Id, default));
        Assert.Null(await Store.Turns.BeginAttemptAsync(running.TurnId, "w2", Now, default));
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
    public async Task Concurrent_turns_of_one_conversation_get_numbers_without_gap_or_repeat()
    {
        var conversation = await ConverseAsync("ana");

        var turns = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => AcceptAsync(conversation, $"m{i}"))));
        await Task.WhenAll(turns.Select(t => Task.Run(() => CompleteAsync(t, $"r {t.Number}"))));

        Assert.Equal(Enumerable.Range(1, 200).Select(n => (long)n), turns.Select(t => t.Number).Order());
        Assert.Equal(400, (await Store.Conversations.MessagesAsync("ana", conversation.Id, null, 1000, default))!.Messages.Count);
    }
}
