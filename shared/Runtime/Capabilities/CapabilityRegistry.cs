using System.Collections.Immutable;
using Vivace.Runtime.Actions;
using Vivace.Runtime.Evaluators;
using Vivace.Runtime.Providers;

namespace Vivace.Runtime.Capabilities;

/// <summary>Every capability of the process, checked once, in the order of position and name.</summary>
public sealed class CapabilityRegistry
{
    public CapabilityRegistry(IEnumerable<ICapability> capabilities)
    {
        var all = capabilities.OrderBy(c => c.Descriptor.Position).ThenBy(c => c.Descriptor.Name, StringComparer.Ordinal).ToImmutableArray();
        Providers = [.. all.OfType<IContextProvider>()];
        Actions = [.. all.OfType<IAgentAction>()];
        PreEvaluators = [.. all.OfType<IPreEvaluator>()];
        Reviewers = [.. all.OfType<IReplyReviewer>()];
        PostEvaluators = [.. all.OfType<IPostEvaluator>()];
        Errors = CapabilityValidator.Validate(all);
    }

    public ImmutableArray<IContextProvider> Providers { get; }

    public ImmutableArray<IAgentAction> Actions { get; }

    public ImmutableArray<IPreEvaluator> PreEvaluators { get; }

    /// <summary>Critical evaluators of the reply.</summary>
    public ImmutableArray<IReplyReviewer> Reviewers { get; }

    public ImmutableArray<IPostEvaluator> PostEvaluators { get; }

    /// <summary>Everything wrong with the declarations; start-up fails unless empty.</summary>
    public ImmutableArray<string> Errors { get; }
}
