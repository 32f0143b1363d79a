using Microsoft.Extensions.AI;

namespace Vivace.Runtime.Models;

/// <summary>Where model clients leave the service tier that a provider says it used.</summary>
public static class ServiceTier
{
    private const string Property = "service_tier";

    /// <summary>The tier, or null when the provider said none.</summary>
    public static string? Of(AdditionalPropertiesDictionary? properties)
        => properties is not null && properties.TryGetValue(Property, out var tier) ? tier as string : null;

    /// <summary>Properties with the tier in them.</summary>
    public static AdditionalPropertiesDictionary With(AdditionalPropertiesDictionary? properties, string tier)
        => new(properties ?? []) { [Property] = tier };
}
