using Microsoft.Extensions.DependencyInjection;
using Vivace.Api.Tests.BadInput;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Storage;
using Vivace.Sqlite;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;
using Vivace.Testing.OpenAi;

namespace Vivace.Api.Tests.Turns;

/// <summary>
/// A JSON message without a key is written down beside what its turn waits for, before it acts, or with its end: whatever
/// becomes of the write, the caller is told the truth.
/// </summary>
public sealed class RecordTests
{
    /// <summary>What is let go by then was not ended by its profile's deadline of 20 s.</summary>
    private static readonly TimeSpan BeforeDeadline = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task While_the_model_is_waited_for_the_message_is_in_the_history_and_its_turn_can_be_cancelled()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.Otherwise = OpenAiAnswer.Stalls();
        await using var host = await VivaceHost.StartAsync(model.Settings);
        var conversation = await host.Client.ConverseAsync();
        var call = conversation.SayAsync("Hi", Said.Fast);
        var upstream = await model.TalkAsync();
        var history = await Eventually.GetAsync(conversation.HistoryAsync, messages => messages.Count > 0);
        Assert.Equal(("user", "Hi"), (history.Single().Role, history.Single().Text));
        Assert.Equal("running", (await conversation.TurnAsync(history[0].TurnId))["status"]);
        Assert.False(call.IsCompleted || upstream.Aborted.IsCompleted);

        Assert.InRange((await host.Client.DeleteAsync($"/api/turns/{history[0].TurnId}")).Status, 200, 202);

        var answer = await call;
        answer.AssertProblem(409);
        Assert.Equal(("/problems/cancelled", history[0].TurnId), (answer["type"], answer["turnId"]));
        await upstream.Aborted.WaitAsync(BeforeDeadline);
        Assert.Equal("cancelled", (await conversation.TurnAsync(history[0].TurnId))["status"]);
        Assert.Equal(history, await conversation.HistoryAsync());
    }

    [Fact]
    [Trait("Category", "InProcess")]
    public async Task A_turn_whose_model_answers_at_once_is_written_once_as_it_ended()
    {
        await using var deployment = await RecordedDeployment.StartAsync();
        var answer = await deployment.Conversation.SayAsync("Hi", Said.Default);
        Assert.Equal(200, answer.Status);
        Assert.Equal(["record"], deployment.Turns.Calls);
        await AssertStoredOnceAsync(deployment, answer);
    }

    [Fact]
    [Trait("Category", "InProcess")]
    public async Task A_turn_stands_in_the_store_before_an_action_of_it_has_an_effect()
    {
        await using var deployment = await RecordedDeployment.StartAsync(configure: services => services.AddSingleton<IFactStore, WatchedFacts>());
        var answer = await deployment.Conversation.SayAsync("Please remember that I like tea", Said.Default);
        Assert.Equal(200, answer.Status);
        Assert.Equal(["accept", "remember while running", "complete"], deployment.Turns.Calls);
        await AssertStoredOnceAsync(deployment, answer);
    }

    [Fact]
    [Trait("Category", "InProcess")]
    public async Task An_action_has_no_effect_where_its_turn_cannot_be_written_down()
    {
        await using var deployment = await RecordedDeployment.StartAsync(configure: services => services.AddSingleton<IFactStore, WatchedFacts>());
        deployment.Turns.Accepts = (_, _) => throw new StoreUnavailableException("away");
        AssertAway(await deployment.Conversation.SayAsync("Please remember that I like tea", Said.Default));
        Assert.Equal(["accept"], deployment.Turns.Calls);
        Assert.Equal(0, deployment.CountRows());
    }

    [Fact]
    [Trait("Category", "InProcess")]
    public async Task Where_the_acceptance_cannot_be_written_the_model_is_let_go_and_nothing_is_stored()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.Otherwise = OpenAiAnswer.Stalls();
        await using var deployment = await RecordedDeployment.StartAsync(model);
        deployment.Turns.Accepts = async (_, _) =>
        {
            await model.TalkAsync();
            throw new StoreUnavailableException("away");
        };
        AssertAway(await deployment.Conversation.SayAsync("Hi", Said.Fast));
        await model.Talks.Single().Aborted.WaitAsync(BeforeDeadline);
        Assert.Equal(["accept"], deployment.Turns.Calls);
        Assert.Equal(0, deployment.CountRows());

        // The next one is none the worse.
        deployment.Turns.Accepts = (_, write) => write();
        model.Otherwise = OpenAiAnswer.Says("Here I am.");
        var answer = await deployment.Conversation.SayAsync("Hi", Said.Fast);
        Assert.Equal((200, "Here I am."), (answer.Status, answer["text"]));
        Assert.Equal("1", (await deployment.Conversation.TurnAsync(answer["turnId"]))["number"]);
    }

    [Fact]
    [Trait("Category", "InProcess")]
    public async Task Where_the_acceptance_fails_after_the_model_s_answer_came_the_caller_is_told()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        await using var deployment = await RecordedDeployment.StartAsync(model);
        deployment.Turns.Accepts = async (_, _) =>
        {
            await Eventually.TrueAsync(() => model.Talks is [{ Completed: true }]);
            throw new StoreUnavailableException("away");
        };
        AssertAway(await deployment.Conversation.SayAsync("Hi", Said.Fast));
        Assert.Equal(0, deployment.CountRows());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Category", "InProcess")]
    public async Task A_record_that_fails_once_is_made_once(bool afterItWasWritten)
    {
        await using var deployment = await RecordedDeployment.StartAsync();
        var tries = 0;
        deployment.Turns.Records = async (_, write) =>
        {
            if (Interlocked.Increment(ref tries) > 1)
            {
                return await write();
            }

            if (afterItWasWritten)
            {
                await write();
            }

            throw new StoreUnavailableException("away");
        };
        var answer = await deployment.Conversation.SayAsync("Hi", Said.Default);
        Assert.Equal(200, answer.Status);
        Assert.Equal(afterItWasWritten ? 1 : 2, tries);
        await AssertStoredOnceAsync(deployment, answer);
    }

    [Fact]
    [Trait("Category", "InProcess")]
    public async Task A_record_that_keeps_failing_is_a_problem_without_a_turn()
    {
        await using var deployment = await RecordedDeployment.StartAsync();
        deployment.Turns.Records = (_, _) => throw new StoreUnavailableException("away");
        AssertAway(await deployment.Conversation.SayAsync("Hi", Said.Default));
        Assert.True(deployment.Turns.Calls.Count > 1);
        Assert.DoesNotContain("accept", deployment.Turns.Calls);
        Assert.Equal(0, deployment.CountRows());

        deployment.Turns.Records = (_, write) => write();
        await AssertStoredOnceAsync(deployment, await deployment.Conversation.SayAsync("Hi", Said.Default));
    }

    [Theory]
    [InlineData("after the acceptance")]
    [InlineData("before the acceptance")]
    [InlineData("before the record")]
    [Trait("Category", "InProcess")]
    public async Task A_turn_whose_conversation_is_deleted_leaves_no_row_and_is_no_fault_of_the_server(string when)
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.Otherwise = OpenAiAnswer.Stalls();
        await using var deployment = await RecordedDeployment.StartAsync(when == "before the record" ? null : model);
        var conversation = deployment.Conversation;
        if (when != "after the acceptance")
        {
            deployment.Turns.Accepts = deployment.Turns.Records = async (_, write) =>
            {
                Assert.Equal(204, (await conversation.DeleteAsync()).Status);
                return await write();
            };
        }

        var call = conversation.SayAsync("Hi", Said.Fast);
        if (when == "after the acceptance")
        {
            var upstream = await model.TalkAsync();
            await Eventually.GetAsync(conversation.HistoryAsync, messages => messages.Count > 0);
            Assert.Equal(204, (await conversation.DeleteAsync()).Status);
            await upstream.Aborted.WaitAsync(BeforeDeadline);
        }

        var answer = await call.WaitAsync(BeforeDeadline);
        answer.AssertProblem(409);
        Assert.Equal("/problems/cancelled", answer["type"]);
        Assert.Equal(404, (await conversation.TurnAsync(answer["turnId"])).Status);
        Assert.Equal(0, deployment.CountRows());
        Assert.Equal(when == "before the record" ? "record" : "accept", deployment.Turns.Calls[0]);
    }

    private static void AssertAway(Answer answer)
    {
        answer.AssertProblem(503);
        Assert.Equal("/problems/store-unavailable", answer["type"]);
        Assert.Null(answer["turnId"]);
    }

    private static async Task AssertStoredOnceAsync(RecordedDeployment deployment, Answer answer)
    {
        var history = await deployment.Conversation.HistoryAsync();
        Assert.Equal([("user", answer["turnId"]), ("assistant", answer["turnId"])], history.Select(m => (m.Role, (string?)m.TurnId)));
        Assert.Equal(answer["text"], history[1].Text);
        var turn = await deployment.Conversation.TurnAsync(answer["turnId"]);
        Assert.Equal(("done", "1", answer["text"]), (turn["status"], turn["number"], turn["text"]));
    }

    /// <summary>Notes, when a fact is remembered, how its turn stands in the store.</summary>
    private sealed class WatchedFacts(SqliteStore store, ITurnStore turns) : IFactStore
    {
        public async ValueTask AddAsync(FactRow fact, string conversationId, CancellationToken cancellationToken)
        {
            var turn = await turns.FindAsync(fact.Owner, fact.TurnId, cancellationToken);
            ((TurnStoreInTest)turns).Note(turn?.Status == TurnStatus.Running ? "remember while running" : "remember too early");
            await store.Facts.AddAsync(fact, conversationId, cancellationToken);
        }

        public ValueTask<IReadOnlyList<FactRow>> ListAsync(string owner, string roomId, int limit, CancellationToken cancellationToken)
            => store.Facts.ListAsync(owner, roomId, limit, cancellationToken);
    }
}
