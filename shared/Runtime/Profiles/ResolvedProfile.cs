using System.Collections.Frozen;
using System.Collections.Immutable;
using Vivace.Contracts.Capabilities;
using Vivace.Runtime.Actions;
using Vivace.Runtime.Capabilities;
using Vivace.Runtime.Evaluators;
using Vivace.Runtime.Models;
using Vivace.Runtime.Processing;
using Vivace.Runtime.Providers;

namespace Vivace.Runtime.Profiles;

/// <summary>A profile resolved against the capabilities of the process: what it allows, by instance. Immutable.</summary>
public sealed record ResolvedProfile
{
    public required MessageProcessingOptions Options { get; init; }

    /// <summary>In prompt order.</summary>
    public required ImmutableArray<IContextProvider> Providers { get; init; }

    /// <summary>In profile order: position, then name. REPLY, IGNORE and NONE among them.</summary>
    public required ImmutableArray<IAgentAction> Actions { get; init; }

    /// <summary>Critical ones always among them.</summary>
    public required ImmutableArray<IPreEvaluator> PreEvaluators { get; init; }

    /// <summary>Every critical evaluator of the reply.</summary>
    public required ImmutableArray<IReplyReviewer> Reviewers { get; init; }

    /// <summary>Evaluators of the reply that are not critical; deferred when the options say so.</summary>
    public required ImmutableArray<IPostEvaluator> PostEvaluators { get; init; }

    /// <summary>The names of <see cref="Actions"/>.</summary>
    public required FrozenSet<string> AllowedActions { get; init; }

    /// <summary>SHA-256 of options and effective sets, 16 hexadecimal digits.</summary>
    public required string Hash { get; init; }

    /// <summary>True when an evaluator must see the whole text before any of it is released.</summary>
    public bool BuffersReply => Reviewers.Any(r => r.NeedsWholeText);

    /// <summary>The profile as clients see it.</summary>
    public ProfileDescription Describe() => new()
    {
        Name = Options.Profile,
        Mode = Options.Mode,
        Description = Options.Description,
        Hash = Hash,
        Model = Options.Model.Size.Wire(),
        MaxModelCalls = Options.Generation.MaxModelCalls,
        DeadlineSeconds = Options.Generation.DeadlineSeconds,
        BuffersReply = BuffersReply,
        Providers = Names(Providers),
        Actions = Names(Actions),
        PreEvaluators = Names(PreEvaluators),
        InlineEvaluators = Options.PostEvaluators.Deferred ? Names(Reviewers) : [.. Names(Reviewers), .. Names(PostEvaluators)],
        DeferredEvaluators = Options.PostEvaluators.Deferred ? Names(PostEvaluators) : [],
    };

    internal static string[] Names<T>(ImmutableArray<T> capabilities)
        where T : ICapability => [.. capabilities.Select(c => c.Descriptor.Name)];
}
