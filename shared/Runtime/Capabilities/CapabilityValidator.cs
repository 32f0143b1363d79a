using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Vivace.Runtime.Actions;
using Vivace.Runtime.Evaluators;
using Vivace.Runtime.Providers;

namespace Vivace.Runtime.Capabilities;

/// <summary>Finds everything wrong with the declarations of capabilities.</summary>
internal static partial class CapabilityValidator
{
    public static ImmutableArray<string> Validate(ImmutableArray<ICapability> all)
    {
        var errors = ImmutableArray.CreateBuilder<string>();
        foreach (var capability in all)
        {
            CheckDescriptor(capability, errors);
            if (capability is IMessageEvaluator evaluator)
            {
                CheckEvaluator(evaluator, errors);
            }
        }

        foreach (var twice in all.GroupBy(c => (Family(c), c.Descriptor.Name)).Where(g => g.Count() > 1))
        {
            errors.Add($"{twice.Key.Item1} {twice.Key.Name} is declared {twice.Count()} times.");
        }

        return errors.ToImmutable();
    }

    private static void CheckDescriptor(ICapability capability, ImmutableArray<string>.Builder errors)
    {
        var descriptor = capability.Descriptor;
        if (!NamePattern().IsMatch(descriptor.Name))
        {
            errors.Add($"{Family(capability)} {descriptor.Name}: a name is upper case letters, digits and underscores.");
        }

        if (descriptor.Tags.IsDefaultOrEmpty)
        {
            errors.Add($"{Family(capability)} {descriptor.Name} has no tags, so no policy could select it by one.");
        }
    }

    private static void CheckEvaluator(IMessageEvaluator evaluator, ImmutableArray<string>.Builder errors)
    {
        var descriptor = evaluator.Evaluator;
        var name = descriptor.Name;
        if (descriptor.Phase == EvaluatorPhase.Unspecified)
        {
            errors.Add($"evaluator {name} declares no phase.");
        }

        if (descriptor.Criticality == Criticality.Unspecified)
        {
            errors.Add($"evaluator {name} declares no criticality.");
        }

        var phase = evaluator is IPreEvaluator ? EvaluatorPhase.Pre : EvaluatorPhase.Post;
        if (descriptor.Phase != EvaluatorPhase.Unspecified && descriptor.Phase != phase)
        {
            errors.Add($"evaluator {name} declares phase {descriptor.Phase} and implements phase {phase}.");
        }

        if (descriptor.Phase == EvaluatorPhase.Post && descriptor.Criticality == Criticality.Critical != evaluator is IReplyReviewer)
        {
            errors.Add($"evaluator {name}: after generation, critical evaluators and only they implement {nameof(IReplyReviewer)}.");
        }
    }

    private static string Family(ICapability capability) => capability switch
    {
        IContextProvider => "provider",
        IAgentAction => "action",
        _ => "evaluator",
    };

    [GeneratedRegex("^[A-Z][A-Z0-9_]*$")]
    private static partial Regex NamePattern();
}
