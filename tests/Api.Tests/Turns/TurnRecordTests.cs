using Vivace.Api.Turns;
using Vivace.Contracts.Conversations;
using Vivace.Contracts.Messages;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Evaluations;
using Vivace.Runtime.Storage;
using Vivace.Sqlite;

namespace Vivace.Api.Tests.Turns;

/// <summary>What is written of a turn, in which order, and what is said of it.</summary>
public sealed class TurnRecordTests : IAsyncLifetime
{
    private const string Owner = "ana";

    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();
    private readonly SqliteStore store;
    private readonly TurnStoreInTest turns;

    public TurnRecordTests()
    {
        store = new SqliteStore(new SqliteOptions { Folder = folder.Path });
        turns = new TurnStoreInTest(store.Turns);
    }

    public async Task InitializeAsync()
        => await store.Conversations.CreateAsync(Owner, new Conversation { Id = "c", Title = "t", RoomId = "r", CreatedAt = Now, UpdatedAt = Now }, default);

    public Task DisposeAsync()
    {
        store.Dispose();
        folder.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_turn_that_nobody_had_to_know_of_is_recorded_at_once()
    {
        var record = new TurnRecord(turns, Asked("t1"));
        Assert.True(record.IsUnwritten);
        Assert.Equal(CompletionOutcome.Written, await record.CompleteAsync(Ended("t1")));
        Assert.Equal(["record"], turns.Calls);
    }

    [Fact]
    public async Task A_turn_that_was_written_before_is_only_ended()
    {
        await store.Turns.AcceptAsync(Asked("t1"), default);
        var record = new TurnRecord(turns, null);
        Assert.False(record.IsUnwritten);
        Assert.True(await record.TryAcceptAsync());
        Assert.Equal(CompletionOutcome.Written, await record.CompleteAsync(Ended("t1") with { Number = 1 }));
        Assert.Equal(["complete"], turns.Calls);
    }

    [Fact]
    public async Task However_often_and_at_once_it_is_asked_for_one_acceptance_is_written()
    {
        var written = new TaskCompletionSource();
        turns.Accepts = async (_, write) =>
        {
            await written.Task;
            return await write();
        };
        var record = new TurnRecord(turns, Asked("t1"));
        using var together = new Barrier(8);
        var asked = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                return record.TryAcceptAsync();
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
        Assert.True(record.IsUnwritten);
        written.SetResult();
        Assert.All(await Task.WhenAll(asked), Assert.True);
        Assert.Equal(["accept"], turns.Calls);
        Assert.False(record.IsUnwritten);
    }

    [Fact]
    public async Task An_end_waits_for_the_acceptance_and_takes_the_position_that_it_got()
    {
        await store.Turns.AcceptAsync(Asked("t0"), default);
        var written = new TaskCompletionSource();
        turns.Accepts = async (_, write) =>
        {
            await written.Task;
            return await write();
        };
        var record = new TurnRecord(turns, Asked("t1"));
        var accepting = record.TryAcceptAsync();
        var ending = record.CompleteAsync(Ended("t1") with { Number = 77, Evaluations = [Judged("t1")] });
        Assert.False(ending.IsCompleted);
        Assert.Equal(["accept"], turns.Calls);

        written.SetResult();
        Assert.Equal(CompletionOutcome.Written, await ending);
        Assert.True(await accepting);
        Assert.Equal(["accept", "complete"], turns.Calls);
        Assert.Equal(2, (await store.Evaluations.ForTurnAsync("t1", default)).Single().Number);
        Assert.Equal([1L, 3L, 4L], (await store.Conversations.MessagesAsync(Owner, "c", null, 10, default))!.Messages.Select(m => m.Number));
    }

    [Fact]
    public async Task An_acceptance_that_failed_is_the_end_s_failure_and_is_not_tried_again()
    {
        turns.Accepts = (_, _) => throw new StoreUnavailableException("away");
        var record = new TurnRecord(turns, Asked("t1"));
        Assert.True(record.MayTryAgain);
        Assert.False(await record.TryAcceptAsync());
        Assert.False(await record.TryAcceptAsync());
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await record.CompleteAsync(Ended("t1")));
        Assert.Equal((true, false), (record.IsUnwritten, record.MayTryAgain));
        Assert.Equal(["accept"], turns.Calls);
        Assert.Null(await store.Turns.FindAsync(Owner, "t1", default));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_turn_whose_conversation_is_gone_is_superseded(bool acceptedFirst)
    {
        await store.Conversations.DeleteAsync(Owner, "c", default);
        var record = new TurnRecord(turns, Asked("t1"));
        Assert.True(!acceptedFirst || !await record.TryAcceptAsync());
        Assert.Equal(CompletionOutcome.Superseded, await record.CompleteAsync(Ended("t1")));
        Assert.Equal([acceptedFirst ? "accept" : "record"], turns.Calls);
        Assert.Null(await store.Turns.FindAsync(Owner, "t1", default));
    }

    [Fact]
    public async Task A_record_that_was_made_though_it_is_said_to_have_failed_is_not_made_again()
    {
        turns.Records = async (_, write) =>
        {
            await write();
            throw new StoreUnavailableException("away");
        };
        var record = new TurnRecord(turns, Asked("t1"));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await record.CompleteAsync(Ended("t1")));
        Assert.True(record.MayTryAgain);
        Assert.Equal(CompletionOutcome.Superseded, await record.CompleteAsync(Ended("t1") with { Status = TurnStatus.Failed }));
        Assert.Equal(CompletionOutcome.Written, await record.CompleteAsync(Ended("t1")));
        Assert.Equal(["record"], turns.Calls);
        Assert.Equal("Hello.", (await store.Turns.FindAsync(Owner, "t1", default))!.Text);
    }

    private static TurnAcceptance Asked(string turnId) => new()
    {
        TurnId = turnId,
        ConversationId = "c",
        Owner = Owner,
        RoomId = "r",
        MessageId = $"{turnId}-asked",
        Text = "Hi",
        ChannelType = ChannelType.Dm,
        Processing = "{}",
        At = Now,
        Worker = "w1",
        DueAt = Now.AddSeconds(60),
    };

    private static TurnCompletion Ended(string turnId) => new()
    {
        TurnId = turnId,
        ConversationId = "c",
        Owner = Owner,
        RoomId = "r",
        Number = 1,
        Attempt = 1,
        Status = TurnStatus.Done,
        Text = "Hello.",
        ReplyMessageId = $"{turnId}-reply",
        Responded = true,
        Processing = "{}",
        Used = "{}",
        At = Now,
    };

    private static EvaluationRecord Judged(string turnId) => new()
    {
        TurnId = turnId,
        ConversationId = "c",
        Number = 77,
        Evaluator = "E1",
        Version = 1,
        Status = EvaluationStatus.Completed,
    };
}
