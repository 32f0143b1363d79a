using System.Collections.Immutable;

namespace Vivace.Runtime.Policies;

/// <summary>
/// Which capabilities of a family a profile allows. Entries are names or tags written <c>tag:{tag}</c>; case and repeats
/// do not matter. Exclusion wins over inclusion, <paramref name="DisableAll"/> over both.
/// </summary>
/// <param name="DisableAll">Allows nothing, whatever else is said. Critical evaluators run all the same.</param>
/// <param name="Include">The allow-list; null allows everything, empty nothing.</param>
/// <param name="Exclude">Taken out of what is allowed; null takes out nothing.</param>
public sealed record CapabilityPolicy(
    bool DisableAll = false, ImmutableArray<string>? Include = null, ImmutableArray<string>? Exclude = null)
{
    /// <summary>Allows everything.</summary>
    public static CapabilityPolicy All { get; } = new();
}
