using System.Collections.Immutable;

namespace Vivace.Runtime.Capabilities;

/// <summary>What profiles select a capability by.</summary>
public record CapabilityDescriptor
{
    /// <summary>Unique within its family, upper case: <c>[A-Z][A-Z0-9_]*</c>.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence, shown to the model for actions and to people everywhere.</summary>
    public required string Description { get; init; }

    /// <summary>At least one, <c>family:value</c> or a single word, for example <c>safety:critical</c>, <c>latency:high</c>.</summary>
    public required ImmutableArray<string> Tags { get; init; }

    /// <summary>Place among its siblings: lower first, ties by name. Default 100.</summary>
    public int Position { get; init; } = 100;
}
