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
}
