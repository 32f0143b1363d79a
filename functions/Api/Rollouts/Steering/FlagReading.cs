using Vivace.Rollouts.Flags;
using Vivace.Rollouts.Plans;
using Vivace.Rollouts.Reconciling;

namespace Vivace.Api.Rollouts.Steering;

/// <summary>The two flags that a rollout writes, as they are stored, with their versions.</summary>
/// <param name="Contract">Null: there is none, which counts as off.</param>
/// <param name="Runtime">Null: there is none, which counts as off.</param>
internal sealed record FlagReading(StoredFlag? Contract, StoredFlag? Runtime)
{
    /// <summary>What they say.</summary>
    /// <exception cref="System.Text.Json.JsonException">One is not of the schema's form.</exception>
    public FlagAllocation ToAllocation(InternalCohort? cohort)
    {
        var contract = Contract is not null && RuntimeFlag.Read(Contract.Json).Enabled;
        if (Runtime is null)
        {
            return new FlagAllocation(contract, false, false);
        }

        var runtime = RuntimeFlag.Read(Runtime.Json);
        return runtime.Allocation is { } allocation
            ? new FlagAllocation(contract, runtime.Enabled, HasCohort(allocation, cohort), allocation.Percent, allocation.Seed)
            : new FlagAllocation(contract, runtime.Enabled, false);
    }

    private static bool HasCohort(RolloutAllocation allocation, InternalCohort? cohort)
        => Same(allocation.Users, cohort?.Users) && Same(allocation.Groups, cohort?.Groups);

    private static bool Same(IReadOnlyList<string> one, string[]? other) => one.ToHashSet(StringComparer.Ordinal).SetEquals(other ?? []);
}
