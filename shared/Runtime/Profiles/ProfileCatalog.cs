using System.Collections.Frozen;
using System.Collections.Immutable;
using Vivace.Contracts.Processing;

namespace Vivace.Runtime.Profiles;

/// <summary>An immutable snapshot of every profile that may serve a message.</summary>
public sealed class ProfileCatalog
{
    private readonly FrozenDictionary<string, ResolvedProfile> byName;
    private readonly ResolvedProfile defaultProfile;
    private readonly ResolvedProfile fastProfile;

    private ProfileCatalog(FrozenDictionary<string, ResolvedProfile> byName, string fastName)
    {
        this.byName = byName;
        defaultProfile = byName["default"];
        fastProfile = byName[fastName];
        All = [.. byName.Values.OrderBy(p => p.Options.Profile, StringComparer.Ordinal)];
    }

    /// <summary>Every profile, by name.</summary>
    public ImmutableArray<ResolvedProfile> All { get; }

    /// <summary>The profile of that name, or null.</summary>
    public ResolvedProfile? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>The profile that serves a mode when none is named.</summary>
    public ResolvedProfile ForMode(ProcessingMode mode) => mode == ProcessingMode.Fast ? fastProfile : defaultProfile;

    /// <summary>Makes a catalog; where an error is added there is none.</summary>
    /// <param name="profiles">Every profile; a later one of the same name wins.</param>
    /// <param name="fastName">The profile that serves fast mode when none is named.</param>
    public static ProfileCatalog? Create(IEnumerable<ResolvedProfile> profiles, string fastName, ICollection<string> errors)
    {
        var byName = profiles.GroupBy(p => p.Options.Profile).ToFrozenDictionary(g => g.Key, g => g.Last());
        Require(byName, "default", ProcessingMode.Default, errors);
        Require(byName, fastName, ProcessingMode.Fast, errors);
        return errors.Count == 0 ? new ProfileCatalog(byName, fastName) : null;
    }

    private static void Require(
        FrozenDictionary<string, ResolvedProfile> byName, string name, ProcessingMode mode, ICollection<string> errors)
    {
        if (!byName.TryGetValue(name, out var profile))
        {
            errors.Add($"There is no profile \"{name}\", which {mode.ToString().ToLowerInvariant()} mode needs.");
        }
        else if (profile.Options.Mode != mode)
        {
            errors.Add($"Profile \"{name}\" must declare mode \"{mode.ToString().ToLowerInvariant()}\".");
        }
    }
}
