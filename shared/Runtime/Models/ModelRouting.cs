using Vivace.Contracts.Processing;
using Vivace.Runtime.Processing;

namespace Vivace.Runtime.Models;

/// <summary>How the text generation of one turn is routed. Immutable but for the log that calls append to.</summary>
public sealed record ModelRouting
{
    /// <summary>The turn that it belongs to.</summary>
    public required string TurnId { get; init; }

    /// <summary>The mode of the turn.</summary>
    public required ProcessingMode Mode { get; init; }

    /// <summary>The profile of the turn.</summary>
    public required string Profile { get; init; }

    /// <summary>The largest size that a call of the turn may use.</summary>
    public required ModelSize MaxSize { get; init; }

    /// <summary>Further tries of a call that failed before its first byte.</summary>
    public int Retries { get; init; }

    /// <summary>The service tier asked of the provider.</summary>
    public string? ServiceTier { get; init; }

    /// <summary>What a drill does to the turn's calls; null: it is no drill.</summary>
    public InjectedFault? Fault { get; init; }

    /// <summary>The calls made so far.</summary>
    public ModelCallLog Calls { get; } = new();

    /// <summary>The size that serves a call which asks for <paramref name="asked"/>.</summary>
    public ModelSize Route(ModelSize asked) => asked < MaxSize ? asked : MaxSize;
}
