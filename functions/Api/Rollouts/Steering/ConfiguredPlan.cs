using Vivace.Rollouts.Plans;

namespace Vivace.Api.Rollouts.Steering;

/// <summary>The plan that the configuration holds.</summary>
/// <param name="Plan">Null: there is none, or it has faults.</param>
/// <param name="Faults">Every fault; empty where there is a plan, or none is configured.</param>
internal sealed record ConfiguredPlan(RolloutPlan? Plan, IReadOnlyList<string> Faults)
{
    public static ConfiguredPlan None { get; } = new(null, []);
}
