using System.Text.RegularExpressions;
using Vivace.Runtime.Capabilities;

namespace Vivace.Runtime.Evaluators;

/// <summary>Finds what users say of themselves, by rules, and remembers it.</summary>
internal sealed partial class FactExtractionEvaluator : IPostEvaluator
{
    private const int MaxFacts = 5;

    public EvaluatorDescriptor Evaluator { get; } = new()
    {
        Name = "FACT_EXTRACTION",
        Description = "Remembers what users say of themselves.",
        Tags = ["memory:write", "latency:low"],
        Position = 20,
        Phase = EvaluatorPhase.Post,
        Criticality = Criticality.Optional,
    };

    public ValueTask<PostEvaluation> EvaluateAsync(PostEvaluatorContext context, CancellationToken cancellationToken)
    {
        var facts = Statements().Matches(context.UserText)
            .Select(match => $"The user said: {match.Value.Trim()}")
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(MaxFacts)
            .ToArray();
        return new(PostEvaluation.Of(
            writer =>
            {
                writer.WriteStartArray("facts");
                foreach (var fact in facts)
                {
                    writer.WriteStringValue(fact);
                }

                writer.WriteEndArray();
            },
            facts));
    }

    // One statement ends at punctuation and is at most 120 characters, so that the match is linear.
    [GeneratedRegex(@"\b(?:my name is|i live in|i work (?:at|as|for|in)|i (?:really )?(?:like|love|hate|prefer)|i am from|i'm from|my favou?rite \w{1,30} is)\b[^.!?,;\r\n]{1,120}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 100)]
    private static partial Regex Statements();
}
