using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vivace.Rollouts.Flags;

/// <summary>A file of feature flags in Microsoft's schema 2.0 (<c>feature_management.feature_flags</c>).</summary>
internal sealed record FlagDocument
{
    [JsonPropertyName("feature_management")]
    public required Section FeatureManagement { get; init; }

    internal sealed record Section
    {
        public Flag[]? FeatureFlags { get; init; }
    }

    internal sealed record Flag
    {
        public required string Id { get; init; }

        public bool Enabled { get; init; }

        public ConditionsPart? Conditions { get; init; }

        public Variant[]? Variants { get; init; }

        public AllocationPart? Allocation { get; init; }
    }

    internal sealed record ConditionsPart
    {
        public JsonElement[]? ClientFilters { get; init; }
    }

    internal sealed record Variant
    {
        public required string Name { get; init; }

        public string? StatusOverride { get; init; }
    }

    internal sealed record AllocationPart
    {
        public string? Seed { get; init; }

        public string? DefaultWhenEnabled { get; init; }

        public string? DefaultWhenDisabled { get; init; }

        public UserPart[]? User { get; init; }

        public GroupPart[]? Group { get; init; }

        public PercentilePart[]? Percentile { get; init; }
    }

    internal sealed record UserPart
    {
        public required string Variant { get; init; }

        public string[]? Users { get; init; }
    }

    internal sealed record GroupPart
    {
        public required string Variant { get; init; }

        public string[]? Groups { get; init; }
    }

    internal sealed record PercentilePart
    {
        public required string Variant { get; init; }

        public double From { get; init; }

        public double To { get; init; }
    }
}
