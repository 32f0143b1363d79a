namespace Vivace.Contracts.Turns;

/// <summary>Which capabilities a turn used, and which it refused.</summary>
public sealed record TurnUsage
{
    /// <summary>Hash of the effective profile; equal on all instances that would process the turn alike.</summary>
    public required string ProfileHash { get; init; }

    /// <summary>Context providers in prompt order.</summary>
    public IReadOnlyList<CapabilityUse> Providers { get; init; } = [];

    /// <summary>Names of the actions shown to the model.</summary>
    public IReadOnlyList<string> ActionsShown { get; init; } = [];

    /// <summary>Actions executed or refused, in the order of the model's calls.</summary>
    public IReadOnlyList<CapabilityUse> Actions { get; init; } = [];

    /// <summary>Evaluators that ran before generation, in order.</summary>
    public IReadOnlyList<CapabilityUse> PreEvaluators { get; init; } = [];

    /// <summary>Critical evaluators that reviewed the text before it was released, in order.</summary>
    public IReadOnlyList<CapabilityUse> Reviewers { get; init; } = [];
}
