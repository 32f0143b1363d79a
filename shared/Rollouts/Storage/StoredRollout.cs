using Vivace.Rollouts.Auditing;
using Vivace.Rollouts.Plans;
using Vivace.Rollouts.Reconciling;

namespace Vivace.Rollouts.Storage;

/// <summary>A rollout as it is stored.</summary>
/// <param name="Version">Counts the decisions that were written; 0: none was.</param>
/// <param name="Plan">The plan in force; null: nothing has been started.</param>
/// <param name="IsConfigured">Whether the plan came from the configuration, whose changes then are changes of the plan.</param>
/// <param name="Status">Null: nothing has been started.</param>
/// <param name="Head">The last entry of the audit log.</param>
public sealed record StoredRollout(long Version, RolloutPlan? Plan, bool IsConfigured, RolloutStatus? Status, AuditHead Head)
{
    /// <summary>Before anything has been started.</summary>
    public static StoredRollout None { get; } = new(0, null, false, null, AuditHead.Empty);
}
