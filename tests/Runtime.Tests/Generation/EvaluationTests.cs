using Microsoft.Extensions.DependencyInjection;
using Vivace.Contracts.Processing;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Capabilities;
using Vivace.Runtime.Evaluations;
using Vivace.Runtime.Evaluators;
using Vivace.Runtime.Storage;
using Vivace.Runtime.Tests.Drivers;
using Vivace.Runtime.Turns;

namespace Vivace.Runtime.Tests.Generation;

public sealed class EvaluationTests
{
    [Fact]
    public async Task Deferred_evaluators_find_what_they_would_have_found_inline()
    {
        using var model = new ScriptedModel("any", request => ScriptedAnswer.For(request, "Hello, Ana."));
        await using var app = new TestApp(model, model);
        var conversation = await app.ConverseAsync();
        var inline = await app.SayAsync(conversation, "Hi, my name is Ana", ProcessingMode.Default);
        var deferred = await app.SayAsync(await app.ConverseAsync(), "Hi, my name is Ana", ProcessingMode.Fast);
        var store = app.Services.GetRequiredService<IEvaluationStore>();
        Assert.All(await store.ForTurnAsync(deferred.TurnId, default), e => Assert.Equal(EvaluationStatus.Pending, e.Status));

        await DrainAsync(app, deferred.TurnId);

        var expected = (await store.ForTurnAsync(inline.TurnId, default)).Select(e => (e.Evaluator, e.Version, e.Status, e.Result)).ToArray();
        var actual = (await store.ForTurnAsync(deferred.TurnId, default)).Select(e => (e.Evaluator, e.Version, e.Status, e.Result)).ToArray();
        Assert.Equal(["FACT_EXTRACTION", "QUALITY_SCORE", "REFLECTION"], expected.Select(e => e.Evaluator));
        Assert.Equal(expected, actual);
        Assert.Contains((await app.Services.GetRequiredService<IFactStore>().ListAsync("local", conversation.RoomId, 9, default)), f => f.Text.Contains("my name is Ana", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_deferred_evaluator_that_fails_is_tried_five_times_and_then_dead()
    {
        using var model = new ScriptedModel("any", request => ScriptedAnswer.Say(request.IsEvaluation ? "no number" : "Hello."));
        await using var app = new TestApp(model, model);
        var turn = await app.SayAsync(await app.ConverseAsync(), "Hi", ProcessingMode.Fast);
        var store = app.Services.GetRequiredService<IEvaluationStore>();

        for (var round = 0; round < 8; round++)
        {
            await DrainAsync(app, turn.TurnId);
        }

        var score = (await store.ForTurnAsync(turn.TurnId, default)).Single(e => e.Evaluator == "QUALITY_SCORE");
        Assert.Equal((EvaluationStatus.Dead, "FormatException"), (score.Status, score.Reason));
        Assert.Equal(5, model.Requests.Count(r => r.System.StartsWith("Task: quality score.", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_critical_evaluator_that_throws_blocks_the_turn(bool streamed)
    {
        using var model = new ScriptedModel("any", request => ScriptedAnswer.For(request, "Hello."));
        await using var app = new TestApp(model, model, services => services.AddSingleton<ICapability, ThrowingReviewer>());

        foreach (var mode in new[] { ProcessingMode.Fast, ProcessingMode.Default })
        {
            var result = await app.SayAsync(await app.ConverseAsync(), "Hi", mode, streamed);

            Assert.Equal((TurnStatus.Done, true, "I can't answer that at the moment."), (result.Status, result.Blocked, result.Text));
        }
    }

    [Fact]
    public async Task A_critical_evaluator_before_generation_that_throws_blocks_the_turn()
    {
        using var model = new ScriptedModel("any", request => ScriptedAnswer.For(request, "Hello."));
        await using var app = new TestApp(model, model, services => services.AddSingleton<ICapability, ThrowingPreEvaluator>());

        var result = await app.SayAsync(await app.ConverseAsync(), "Hi", ProcessingMode.Fast);

        Assert.True(result.Blocked);
        Assert.Empty(model.Requests);
    }

    private static async Task DrainAsync(TestApp app, string turnId)
    {
        var later = app.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddHours(1);
        if (await app.Services.GetRequiredService<IEvaluationStore>().DueAsync(turnId, later, default) is { Count: > 0 } jobs)
        {
            await app.Services.GetRequiredService<DeferredEvaluations>().RunAsync(jobs, default);
        }
    }

    private sealed class ThrowingReviewer : IReplyReviewer
    {
        public EvaluatorDescriptor Evaluator { get; } = new()
        {
            Name = "THROWING",
            Description = "Throws.",
            Tags = ["test"],
            Phase = EvaluatorPhase.Post,
            Criticality = Criticality.Critical,
        };

        public IReplyReview Begin(TurnContext turn) => new Review();

        private sealed class Review : IReplyReview
        {
            ReviewVerdict IReplyReview.Review(ReadOnlySpan<char> textSoFar, bool complete) => throw new InvalidOperationException("broken");
        }
    }

    private sealed class ThrowingPreEvaluator : IPreEvaluator
    {
        public EvaluatorDescriptor Evaluator { get; } = new()
        {
            Name = "THROWING_PRE",
            Description = "Throws.",
            Tags = ["test"],
            Phase = EvaluatorPhase.Pre,
            Criticality = Criticality.Critical,
        };

        public ValueTask<PreVerdict> EvaluateAsync(PreEvaluatorContext context, CancellationToken cancellationToken) => throw new InvalidOperationException("broken");
    }
}
