using Vivace.Runtime.Capabilities;
using Vivace.Runtime.Evaluators;
using Vivace.Runtime.Storage;

namespace Vivace.Runtime.Providers;

/// <summary>The newest note that the reflection evaluator took on this conversation. Dynamic: not on its first turn.</summary>
internal sealed class EvaluatorsProvider(IEvaluationStore evaluations) : IContextProvider
{
    public CapabilityDescriptor Descriptor { get; } = new()
    {
        Name = "EVALUATORS",
        Description = "What evaluators noted on earlier turns.",
        Tags = ["context:evaluations", "latency:medium", "dynamic"],
        Position = 70,
    };

    public bool IsRelevant(ProviderContext context) => context.Turn.Options.Number > 1;

    public async ValueTask<ContextContribution> ProvideAsync(ProviderContext context, CancellationToken cancellationToken)
    {
        var note = await evaluations.LatestResultAsync(
            context.Turn.Options.ConversationId, ReflectionEvaluator.Name, context.Turn.Options.Number, cancellationToken);
        return note is { } result && result.TryGetProperty("note", out var text) && text.GetString() is { Length: > 0 } words
            ? new ContextContribution($"Your note on this conversation: {words}")
            : ContextContribution.None;
    }
}
