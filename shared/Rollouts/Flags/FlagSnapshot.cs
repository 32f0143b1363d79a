using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.FeatureFilters;
using Vivace.Contracts.Processing;

namespace Vivace.Rollouts.Flags;

/// <summary>An immutable snapshot of the flags, evaluated by Microsoft's own library.</summary>
public sealed class FlagSnapshot
{
    private readonly FeatureManager manager;

    // Without conditions a flag is on or off for everybody, so only the arm is evaluated for each unit.
    private readonly bool contract;
    private readonly bool runtime;
    private readonly bool ui;
    private readonly bool cloud;
    private readonly FrozenSet<string> cohortUsers;
    private readonly FrozenSet<string> cohortGroups;
    private readonly RolloutShare? rollout;

    private FlagSnapshot(IReadOnlyDictionary<string, FeatureDefinition> flags, string version)
    {
        Version = version;
        bool IsOn(string name) => flags.GetValueOrDefault(name)?.EnabledFor.Any() is true;
        contract = IsOn(FlagNames.Contract);
        runtime = contract && IsOn(FlagNames.Runtime);
        ui = runtime && IsOn(FlagNames.Ui);
        cloud = runtime && IsOn(FlagNames.CloudEnforced);
        bool Counts(string name) => name == FlagNames.Contract ? contract : name == FlagNames.Runtime ? runtime : name == FlagNames.Ui ? ui : cloud;
        WithoutPredecessor = [.. FlagNames.All.Where(name => IsOn(name) && !Counts(name))];
        var allocation = flags.GetValueOrDefault(FlagNames.Runtime)?.Allocation;
        cohortUsers = (allocation?.User ?? []).SelectMany(u => u.Users).ToFrozenSet(StringComparer.Ordinal);
        cohortGroups = (allocation?.Group ?? []).SelectMany(g => g.Groups).ToFrozenSet(StringComparer.Ordinal);
        rollout = RolloutShare.Of(allocation);
        manager = new FeatureManager(new SnapshotDefinitions(flags), new FeatureManagementOptions { IgnoreMissingFeatures = true });
    }

    /// <summary>Everything off: what is assumed when the flags are missing or were never read.</summary>
    public static FlagSnapshot AllOff { get; } = new(new Dictionary<string, FeatureDefinition>(), "none");

    /// <summary>Everything off, because what was read last is too old to be relied on.</summary>
    public static FlagSnapshot Expired { get; } = new(new Dictionary<string, FeatureDefinition>(), "expired");

    /// <summary>Changes with the content; equal wherever the content is.</summary>
    public string Version { get; }

    /// <summary>Flags that are switched on and count as off, since one that they presuppose is off; in the order of <see cref="FlagNames.All"/>.</summary>
    public ImmutableArray<string> WithoutPredecessor { get; }

    /// <summary>Reads a flag file.</summary>
    /// <exception cref="JsonException">It is not of the schema's form, or uses something that is not supported.</exception>
    public static FlagSnapshot Parse(ReadOnlySpan<byte> json) => new(FlagDefinitions.OfFile(json), Hash(json));

    /// <summary>Reads the values of configuration keys, by the name of the flag; other flags than <see cref="FlagNames.All"/> are passed over.</summary>
    /// <exception cref="JsonException">A value is not of the schema's form, or uses something that is not supported.</exception>
    public static FlagSnapshot FromValues(IEnumerable<KeyValuePair<string, string?>> values)
    {
        var known = values.Where(v => FlagNames.All.Contains(v.Key)).OrderBy(v => v.Key, StringComparer.Ordinal).ToArray();
        var content = string.Concat(known.Select(v => $"{v.Key}\n{v.Value}\n"));
        return new FlagSnapshot(known.ToDictionary(v => v.Key, v => FlagDefinitions.OfValue(v.Key, v.Value)), Hash(Encoding.UTF8.GetBytes(content)));
    }

    /// <summary>What the flags say to a unit of assignment.</summary>
    /// <param name="unit">Not empty: all units without a name would share one bucket.</param>
    /// <param name="groups">The groups to which it belongs.</param>
    public async ValueTask<FlagDecision> DecideAsync(string unit, IReadOnlyList<string> groups, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(unit);
        var arm = runtime ? await ArmAsync(unit, groups, cancellationToken) : RolloutArm.None;
        return new FlagDecision(contract, runtime, ui, cloud, arm, Assignment(unit, groups, arm), Version)
        {
            Rollout = arm == RolloutArm.None ? null : rollout,
        };
    }

    private async ValueTask<RolloutArm> ArmAsync(string unit, IReadOnlyList<string> groups, CancellationToken cancellation)
    {
        var variant = await manager.GetVariantAsync(FlagNames.Runtime, new TargetingContext { UserId = unit, Groups = groups }, cancellation);
        return variant?.Name switch
        {
            FlagNames.FastVariant => RolloutArm.Fast,
            FlagNames.ControlVariant => RolloutArm.Control,
            _ => RolloutArm.None,
        };
    }

    /// <summary>The library looks at users, then groups, then percentiles, and does not tell which one it was.</summary>
    private RolloutAssignment Assignment(string unit, IReadOnlyList<string> groups, RolloutArm arm)
    {
        if (!runtime)
        {
            return RolloutAssignment.None;
        }

        return cohortUsers.Contains(unit) || (cohortGroups.Count > 0 && groups.Any(cohortGroups.Contains)) ? RolloutAssignment.Cohort
            : arm == RolloutArm.None ? RolloutAssignment.None
            : RolloutAssignment.Percentile;
    }

    private static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 4));

    private sealed class SnapshotDefinitions(IReadOnlyDictionary<string, FeatureDefinition> flags) : IFeatureDefinitionProvider
    {
        public Task<FeatureDefinition> GetFeatureDefinitionAsync(string featureName)
            => Task.FromResult(flags.GetValueOrDefault(featureName)!);

        public IAsyncEnumerable<FeatureDefinition> GetAllFeatureDefinitionsAsync() => flags.Values.ToAsyncEnumerable();
    }
}
