using Vivace.Rollouts.Auditing;
using Vivace.Rollouts.Plans;
using Vivace.Rollouts.Reconciling;

namespace Vivace.Rollouts.Storage;

/// <summary>A decision as it is written.</summary>
/// <param name="Plan">The plan in force from then on; null: the stored one stays as it is, to the byte.</param>
/// <param name="IsConfigured">Whether that plan came from the configuration.</param>
/// <param name="Status">The new status.</param>
/// <param name="Entry">The audit entry, chained to the head of the version; null: nothing is audited.</param>
public sealed record RolloutCommit(RolloutPlan? Plan, bool IsConfigured, RolloutStatus Status, AuditEntry? Entry);
