using Vivace.Runtime.Capabilities;
using Vivace.Runtime.Safety;
using Vivace.Runtime.Turns;

namespace Vivace.Runtime.Evaluators;

/// <summary>Blocks replies that carry unsafe phrases or secrets; holds back what could become one.</summary>
internal sealed class OutputSafetyEvaluator(SafetyRules rules) : IReplyReviewer
{
    public EvaluatorDescriptor Evaluator { get; } = new()
    {
        Name = "OUTPUT_SAFETY",
        Description = "Blocks replies that carry unsafe phrases or secrets.",
        Tags = ["safety:critical"],
        Position = 10,
        Phase = EvaluatorPhase.Post,
        Criticality = Criticality.Critical,
    };

    public IReplyReview Begin(TurnContext turn) => new Review(rules);

    private sealed class Review(SafetyRules rules) : IReplyReview
    {
        private readonly PhraseScan scan = rules.Output.Scan();

        ReviewVerdict IReplyReview.Review(ReadOnlySpan<char> textSoFar, bool complete)
        {
            var (blocked, releasable) = scan.Continue(textSoFar, complete);
            return blocked ? ReviewVerdict.Block(rules.OutputReplacement, "unsafe-output") : new ReviewVerdict(releasable);
        }
    }
}
