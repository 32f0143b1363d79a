using Vivace.Contracts.Processing;

namespace Vivace.Contracts.Capabilities;

/// <summary>A profile's effective sets, as resolved against the capabilities of this server.</summary>
public sealed record ProfileDescription
{
    /// <summary>The name that a message gives.</summary>
    public required string Name { get; init; }

    /// <summary>The mode it declares.</summary>
    public required ProcessingMode Mode { get; init; }

    /// <summary>What it is for.</summary>
    public required string Description { get; init; }

    /// <summary>Equal on all instances that would process a turn alike.</summary>
    public required string Hash { get; init; }

    /// <summary>The model size of generation.</summary>
    public required string Model { get; init; }

    /// <summary>Model calls a turn may make in generation, from 1.</summary>
    public required int MaxModelCalls { get; init; }

    /// <summary>Seconds until a turn is given up.</summary>
    public required double DeadlineSeconds { get; init; }

    /// <summary>True when text is held back until an evaluator has seen all of it, so that nothing streams early.</summary>
    public required bool BuffersReply { get; init; }

    /// <summary>Context providers in prompt order.</summary>
    public required IReadOnlyList<string> Providers { get; init; }

    /// <summary>Actions that may be executed.</summary>
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>Evaluators before generation, in order.</summary>
    public required IReadOnlyList<string> PreEvaluators { get; init; }

    /// <summary>Evaluators that end before the reply does, in order.</summary>
    public required IReadOnlyList<string> InlineEvaluators { get; init; }

    /// <summary>Evaluators that run after the reply.</summary>
    public required IReadOnlyList<string> DeferredEvaluators { get; init; }
}
