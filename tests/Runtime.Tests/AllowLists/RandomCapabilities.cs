using System.Text.Json;
using Vivace.Runtime.Actions;
using Vivace.Runtime.Capabilities;
using Vivace.Runtime.Evaluators;
using Vivace.Runtime.Providers;
using Vivace.Runtime.Turns;

namespace Vivace.Runtime.Tests.AllowLists;

/// <summary>Capabilities that write down that they ran. Tags: an even index has "even", one below three "low".</summary>
internal static class RandomCapabilities
{
    public const int Count = 8;

    public static ICapability[] All(Journal journal) =>
    [
        .. Enumerable.Range(0, Count).SelectMany(i => new ICapability[] { new Provider(i, journal), new Action(i, journal), new Pre(i, journal), new Post(i, journal) }),
        new Reviewer(journal),
        new ReplyAction(), new IgnoreAction(), new NoneAction(),
    ];

    public static string[] Tags(int index) => [index % 2 == 0 ? "even" : "odd", index < 3 ? "low" : "high"];

    private static CapabilityDescriptor Describe(string name, int index)
        => new() { Name = $"{name}{index}", Description = $"Number {index}.", Tags = [.. Tags(index)] };

    private static EvaluatorDescriptor Describe(string name, int index, EvaluatorPhase phase, bool critical) => new()
    {
        Name = $"{name}{index}",
        Description = $"Number {index}.",
        Tags = [.. Tags(index)],
        Phase = phase,
        Criticality = critical ? Criticality.Critical : Criticality.Optional,
    };

    /// <summary>What ran in the turn at hand; turns of the property test run one at a time.</summary>
    internal sealed class Journal
    {
        public List<string> Ran { get; } = [];
    }

    private sealed class Provider(int index, Journal journal) : IContextProvider
    {
        public CapabilityDescriptor Descriptor { get; } = Describe("P", index);

        public ValueTask<ContextContribution> ProvideAsync(ProviderContext context, CancellationToken cancellationToken)
        {
            journal.Ran.Add(Descriptor.Name);
            return new(new ContextContribution($"context {index}"));
        }
    }

    private sealed class Action(int index, Journal journal) : IAgentAction
    {
        public CapabilityDescriptor Descriptor { get; } = Describe("A", index);

        public JsonElement Parameters => JsonSchemas.Nothing;

        public ValueTask<ActionOutcome> InvokeAsync(ActionContext context, CancellationToken cancellationToken)
        {
            journal.Ran.Add(Descriptor.Name);
            return new(new ActionOutcome("ok", "ok"));
        }
    }

    private sealed class Pre(int index, Journal journal) : IPreEvaluator
    {
        public EvaluatorDescriptor Evaluator { get; } = Describe("E", index, EvaluatorPhase.Pre, critical: index == 5);

        public ValueTask<PreVerdict> EvaluateAsync(PreEvaluatorContext context, CancellationToken cancellationToken)
        {
            journal.Ran.Add(Evaluator.Name);
            return new(PreVerdict.Pass);
        }
    }

    private sealed class Post(int index, Journal journal) : IPostEvaluator
    {
        public EvaluatorDescriptor Evaluator { get; } = Describe("Q", index, EvaluatorPhase.Post, critical: false);

        public ValueTask<PostEvaluation> EvaluateAsync(PostEvaluatorContext context, CancellationToken cancellationToken)
        {
            journal.Ran.Add(Evaluator.Name);
            return new(PostEvaluation.Of(_ => { }));
        }
    }

    private sealed class Reviewer(Journal journal) : IReplyReviewer
    {
        public EvaluatorDescriptor Evaluator { get; } = Describe("R", 0, EvaluatorPhase.Post, critical: true);

        public IReplyReview Begin(TurnContext turn) => new Review(journal);

        private sealed class Review(Journal journal) : IReplyReview
        {
            ReviewVerdict IReplyReview.Review(ReadOnlySpan<char> textSoFar, bool complete)
            {
                if (complete)
                {
                    journal.Ran.Add("R0");
                }

                return new ReviewVerdict(textSoFar.Length);
            }
        }
    }
}
