using System.Security.Cryptography;
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

    private FlagSnapshot(IReadOnlyDictionary<string, FeatureDefinition> flags, string version)
    {
        Version = version;
        bool IsOn(string name) => flags.GetValueOrDefault(name)?.EnabledFor.Any() is true;
        contract = IsOn(FlagNames.Contract);
        runtime = contract && IsOn(FlagNames.Runtime);
        ui = runtime && IsOn(FlagNames.Ui);
        cloud = runtime && IsOn(FlagNames.CloudEnforced);
        manager = new FeatureManager(new SnapshotDefinitions(flags), new FeatureManagementOptions { IgnoreMissingFeatures = true });
    }

    /// <summary>Everything off: what is assumed when the flags are missing or unreadable.</summary>
    public static FlagSnapshot AllOff { get; } = new(new Dictionary<string, FeatureDefinition>(), "none");

    /// <summary>Changes with the content.</summary>
    public string Version { get; }

    /// <summary>Reads a flag file.</summary>
    /// <exception cref="JsonException">It is not of the schema's form, or uses a condition that is not supported.</exception>
    public static FlagSnapshot Parse(ReadOnlySpan<byte> json)
    {
        var document = JsonSerializer.Deserialize(json, FlagJson.Default.FlagDocument) ?? throw new JsonException("It holds null.");
        var flags = new Dictionary<string, FeatureDefinition>(StringComparer.Ordinal);
        foreach (var flag in Items(document.FeatureManagement.FeatureFlags))
        {
            if (!flags.TryAdd(flag.Id, ToDefinition(flag)))
            {
                throw new JsonException($"Flag {flag.Id} stands there twice.");
            }
        }

        return new FlagSnapshot(flags, Convert.ToHexStringLower(SHA256.HashData(json).AsSpan(0, 4)));
    }

    /// <summary>What the flags say to a unit of assignment.</summary>
    /// <param name="unit">Not empty: all units without a name would share one bucket.</param>
    public async ValueTask<FlagDecision> DecideAsync(string unit, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(unit);
        var arm = runtime ? await ArmAsync(unit, cancellationToken) : RolloutArm.None;
        return new FlagDecision(contract, runtime, ui, cloud, arm, Version);
    }

    private async ValueTask<RolloutArm> ArmAsync(string unit, CancellationToken cancellation)
    {
        var variant = await manager.GetVariantAsync(FlagNames.Runtime, new TargetingContext { UserId = unit }, cancellation);
        return variant?.Name switch
        {
            FlagNames.FastVariant => RolloutArm.Fast,
            FlagNames.ControlVariant => RolloutArm.Control,
            _ => RolloutArm.None,
        };
    }

    private static FeatureDefinition ToDefinition(FlagDocument.Flag flag)
    {
        if (flag.Conditions is { ClientFilters.Length: > 0 })
        {
            throw new JsonException($"Flag {flag.Id} has client filters, which are not supported; allocate variants instead.");
        }

        if (Items(flag.Variants).FirstOrDefault(v => v.StatusOverride is not (null or "None")) is { } overriding)
        {
            throw new JsonException($"Variant {overriding.Name} of flag {flag.Id} overrides the flag's status, which is not supported; switch the flag instead.");
        }

        return new FeatureDefinition
        {
            Name = flag.Id,
            EnabledFor = flag.Enabled ? [new FeatureFilterConfiguration { Name = "AlwaysOn" }] : [],
            Variants = [.. Items(flag.Variants).Select(v => new VariantDefinition { Name = v.Name })],
            Allocation = flag.Allocation is { } allocation ? ToAllocation(allocation) : null,
        };
    }

    /// <summary>The items of an array that may be absent; none of them may be null, which the serialiser does not check.</summary>
    private static T[] Items<T>(T[]? items)
        where T : class
        => items is null ? [] : Array.IndexOf(items, null) < 0 ? items : throw new JsonException("An array holds null.");

    private static Allocation ToAllocation(FlagDocument.AllocationPart part) => new()
    {
        Seed = part.Seed,
        DefaultWhenEnabled = part.DefaultWhenEnabled,
        DefaultWhenDisabled = part.DefaultWhenDisabled,
        User = [.. Items(part.User).Select(u => new UserAllocation { Variant = u.Variant, Users = Items(u.Users) })],
        Percentile = [.. Items(part.Percentile).Select(ToPercentile)],
    };

    /// <summary>Checked here, because the library throws at every evaluation instead.</summary>
    private static PercentileAllocation ToPercentile(FlagDocument.PercentilePart part) => part is { From: >= 0, To: <= 100 } && part.From <= part.To
        ? new PercentileAllocation { Variant = part.Variant, From = part.From, To = part.To }
        : throw new JsonException($"The percentiles {part.From} to {part.To} of variant {part.Variant} are not within 0 to 100.");

    private sealed class SnapshotDefinitions(IReadOnlyDictionary<string, FeatureDefinition> flags) : IFeatureDefinitionProvider
    {
        public Task<FeatureDefinition> GetFeatureDefinitionAsync(string featureName)
            => Task.FromResult(flags.GetValueOrDefault(featureName)!);

        public IAsyncEnumerable<FeatureDefinition> GetAllFeatureDefinitionsAsync() => flags.Values.ToAsyncEnumerable();
    }
}
