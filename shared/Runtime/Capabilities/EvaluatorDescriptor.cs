namespace Vivace.Runtime.Capabilities;

/// <summary>What profiles and the pipeline need to know of an evaluator. Start-up fails on one left unspecified.</summary>
public sealed record EvaluatorDescriptor : CapabilityDescriptor
{
    /// <summary>Before generation or after it.</summary>
    public EvaluatorPhase Phase { get; init; }

    /// <summary>Whether it runs in every profile and cannot be listed out.</summary>
    public Criticality Criticality { get; init; }

    /// <summary>From 1; raise it when the same input may give another result. Part of the key of its effects.</summary>
    public int Version { get; init; } = 1;
}
