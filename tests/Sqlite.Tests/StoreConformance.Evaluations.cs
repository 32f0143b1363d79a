using Vivace.Contracts.Processing;
using Vivace.Runtime.Evaluations;
using Vivace.Runtime.Storage;

namespace Vivace.Sqlite.Tests;

public abstract partial class StoreConformance
{
    [Fact]
    public async Task Evaluations_end_once_and_so_do_their_effects()
    {
        var conversation = await ConverseAsync("ana");
        var turn = await AcceptAsync(conversation, "my name is Ana");
        await CompleteAsync(turn, "Hello.", Pending(turn, "E1"), Pending(turn, "E2"));

        var jobs = await Store.Evaluations.DueAsync(turn.TurnId, Now.AddSeconds(1), default);
        var ended = Pending(turn, "E1") with { Status = EvaluationStatus.Completed, Result = """{"n":1}""", Facts = ["likes tea"] };

        Assert.Equal(["E1", "E2"], jobs.Select(j => j.Evaluator).Order(StringComparer.Ordinal));
        Assert.Equal(("my name is Ana", "Hello.", "fast-v1", ProcessingMode.Fast), (jobs[0].UserText, jobs[0].ReplyText, jobs[0].Profile, jobs[0].Mode));
        Assert.Equal([ended], await Store.Evaluations.EndAsync([ended], Now, default));
        Assert.Empty(await Store.Evaluations.EndAsync([ended with { Facts = ["likes coffee"] }], Now, default));
        await Store.Evaluations.RetryAsync(jobs.Single(j => j.Evaluator == "E2"), Now.AddMinutes(5), Now.AddMinutes(7), "TimeoutException", default);

        Assert.Empty(await Store.Evaluations.DueAsync(turn.TurnId, Now.AddMinutes(4), default));
        Assert.Equal(1, (await Store.Evaluations.DueAsync(turn.TurnId, Now.AddMinutes(5), default)).Single().Tries);
        Assert.Equal(["likes tea"], (await Store.Facts.ListAsync("ana", conversation.RoomId, 10, default)).Select(f => f.Text));
        Assert.Empty(await Store.Facts.ListAsync("bob", conversation.RoomId, 10, default));
        Assert.Equal(1, (await Store.Evaluations.LatestResultAsync(conversation.Id, "E1", 2, default))!.Value.GetProperty("n").GetInt32());
        Assert.Null(await Store.Evaluations.LatestResultAsync(conversation.Id, "E1", 1, default));
    }

    [Fact]
    public async Task Evaluations_whose_message_was_lost_are_found_by_one_at_a_time()
    {
        var conversation = await ConverseAsync("ana");
        var turn = await AcceptAsync(conversation, "hi");
        var other = await AcceptAsync(conversation, "ho");
        await CompleteAsync(turn, "Hello.", Pending(turn, "E1"), Pending(turn, "E2"));
        await CompleteAsync(other, "Hello.", Pending(other, "E1") with { Status = EvaluationStatus.Skipped });
        await Store.Evaluations.RetryAsync((await Store.Evaluations.DueAsync(turn.TurnId, Now, default))[0], Now.AddMinutes(5), Now.AddMinutes(7), "TimeoutException", default);

        Assert.Empty(await Store.Evaluations.TakeOverdueAsync(Now.AddSeconds(119), Now.AddMinutes(9), 10, default));
        Assert.Equal([turn.TurnId], await Store.Evaluations.TakeOverdueAsync(Now.AddMinutes(2), Now.AddMinutes(9), 10, default));
        Assert.Empty(await Store.Evaluations.TakeOverdueAsync(Now.AddMinutes(8), Now.AddMinutes(9), 10, default));
        Assert.Equal([turn.TurnId], await Store.Evaluations.TakeOverdueAsync(Now.AddMinutes(9), Now.AddMinutes(20), 10, default));
    }

    [Fact]
    public async Task Dead_evaluations_are_listed_counted_and_made_pending_again()
    {
        var conversation = await ConverseAsync("ana");
        var turns = new List<TurnRow>();
        for (var i = 0; i < 3; i++)
        {
            turns.Add(await AcceptAsync(conversation, "hi"));
            await CompleteAsync(turns[i], "Hello.", Pending(turns[i], "E1"), Pending(turns[i], "E2"));
            await Store.Evaluations.EndAsync([Pending(turns[i], "E2") with { Status = EvaluationStatus.Dead, Reason = "FormatException" }], Now, default);
        }

        await Store.Evaluations.EndAsync([Pending(turns[0], "E1") with { Status = EvaluationStatus.Completed }], Now, default);

        Assert.Equal(
            [new EvaluationCount("E1", 1, 1, 0, 0, 2, Now), new EvaluationCount("E2", 1, 0, 0, 3, 0, null)], await Store.Evaluations.CountAsync(default));
        var page = await Store.Evaluations.DeadAsync(null, 2, default);
        Assert.Equal(turns.Take(2).Select(t => new EvaluationKey(t.TurnId, "E2", 1)), page.Select(d => d.Key));
        Assert.Equal("FormatException", page[0].Reason);
        Assert.Single(await Store.Evaluations.DeadAsync(page[1].Key, 2, default));

        Assert.False(await Store.Evaluations.RequeueAsync(new EvaluationKey(turns[0].TurnId, "E1", 1), Now, Now.AddMinutes(2), default));
        Assert.True(await Store.Evaluations.RequeueAsync(page[0].Key, Now, Now.AddMinutes(2), default));
        Assert.Equal(("E2", 0), (await Store.Evaluations.DueAsync(turns[0].TurnId, Now, default)).Select(j => (j.Evaluator, j.Tries)).Single());
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
}
