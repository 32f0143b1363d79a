using System.Collections.Immutable;
using Vivace.Runtime.Capabilities;

namespace Vivace.Runtime.Policies;

/// <summary>Applies a policy to the capabilities of a family.</summary>
internal static class CapabilitySelector
{
    private const string TagPrefix = "tag:";

    /// <summary>What the policy allows, in registry order. Entries that name nothing become errors.</summary>
    public static ImmutableArray<T> Select<T>(
        CapabilityPolicy policy, ImmutableArray<T> all, string family, ICollection<string> errors)
        where T : ICapability
    {
        Check(policy.Include ?? [], all, family, errors);
        Check(policy.Exclude ?? [], all, family, errors);
        if (policy.DisableAll)
        {
            return [];
        }

        return [.. all.Where(c => (policy.Include is null || Matches(policy.Include.Value, c)) && !Matches(policy.Exclude ?? [], c))];
    }

    private static bool Matches(ImmutableArray<string> entries, ICapability capability)
        => entries.Any(entry => Matches(entry, capability.Descriptor));

    private static bool Matches(string entry, CapabilityDescriptor descriptor)
    {
        var trimmed = entry.AsSpan().Trim();
        if (!trimmed.StartsWith(TagPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return trimmed.Equals(descriptor.Name, StringComparison.OrdinalIgnoreCase);
        }

        foreach (var tag in descriptor.Tags)
        {
            if (trimmed[TagPrefix.Length..].Trim().Equals(tag, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static void Check<T>(ImmutableArray<string> entries, ImmutableArray<T> all, string family, ICollection<string> errors)
        where T : ICapability
    {
        foreach (var entry in entries)
        {
            if (!all.Any(c => Matches(entry, c.Descriptor)))
            {
                errors.Add($"{family} names \"{entry}\", which is not registered.");
            }
        }
    }
}
