using System.Collections.Immutable;
using Vivace.Api.Hosting;
using Vivace.Api.Settings;
using Vivace.Runtime.Capabilities;
using Vivace.Runtime.Profiles;

namespace Vivace.Api.Profiles;

/// <summary>
/// The profiles in force: an immutable catalog, replaced as a whole. Those that ship and those of the folder are read once;
/// those of the configuration come and go. With any error in it a set is refused, and the last good one stays.
/// </summary>
internal sealed class LiveProfiles
{
    /// <summary>A turn that was accepted before is not older than this when it is run.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly CapabilityRegistry registry;
    private readonly string fastName;
    private readonly ProfileReport report;
    private readonly TimeProvider time;
    private readonly ImmutableArray<ProfileSource> own;
    private volatile State state;

    public LiveProfiles(CapabilityRegistry registry, StorageSettings storage, ProcessingSettings processing, ProfileReport report, TimeProvider time)
    {
        this.registry = registry;
        this.report = report;
        this.time = time;
        fastName = processing.FastProfile;
        own = [.. ProfileLoader.Builtin(), .. ProfileLoader.InFolder(Path.Combine(storage.Path, "profiles"))];
        var errors = new List<string>();
        var catalog = ProfileLoader.Load(registry, own, fastName, errors) ?? throw new StartupException("The profiles cannot be used:", errors);
        state = new State(catalog, []);
        report.Overridden(own);
    }

    /// <summary>The catalog of now; a turn keeps the profile that it got from it.</summary>
    public ProfileCatalog Current => state.Catalog;

    /// <summary>The catalog that was in force here at a time within the last hour, for a turn that was accepted then.</summary>
    public ProfileCatalog At(DateTimeOffset when)
    {
        var now = state;
        foreach (var former in now.Former)
        {
            if (when < former.Until)
            {
                return former.Catalog;
            }
        }

        return now.Catalog;
    }

    /// <summary>Puts the profiles of the configuration over the others. Not for concurrent use.</summary>
    public void Apply(IReadOnlyList<ProfileSource> configured)
    {
        var errors = new List<string>();
        ProfileSource[] sources = [.. own, .. configured];
        if (ProfileLoader.Load(registry, sources, fastName, errors) is not { } catalog)
        {
            report.Refused(errors);
            return;
        }

        var before = state;
        if (Hashes(catalog).SequenceEqual(Hashes(before.Catalog)))
        {
            return;
        }

        var now = time.GetUtcNow();
        state = new State(catalog, [.. before.Former.Where(f => now - f.Until < Kept), new Former(before.Catalog, now)]);
        report.Overridden(sources);
        report.Changed(before.Catalog, catalog);
    }

    private static IEnumerable<string> Hashes(ProfileCatalog catalog) => catalog.All.Select(p => $"{p.Options.Profile} {p.Hash}");

    /// <param name="Former">Catalogs that were in force, oldest first.</param>
    private sealed record State(ProfileCatalog Catalog, ImmutableArray<Former> Former);

    private sealed record Former(ProfileCatalog Catalog, DateTimeOffset Until);
}
