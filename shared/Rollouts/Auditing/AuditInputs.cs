using Vivace.Rollouts.Measuring;
using Vivace.Rollouts.Plans;
using Vivace.Rollouts.Reconciling;

namespace Vivace.Rollouts.Auditing;

/// <summary>All that a decision was made from, so that it can be made again.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="At">When.</param>
/// <param name="Actor">By whom: a key's name, or <see cref="Reconciler.Actor"/>.</param>
/// <param name="Plan">By which plan.</param>
public sealed record AuditInputs(AuditKind Kind, DateTimeOffset At, string Actor, RolloutPlan Plan)
{
    /// <summary>The status before; null: there was none.</summary>
    public RolloutStatus? Before { get; init; }

    /// <summary>The measurements as judged; null: none were used, or none could be read.</summary>
    public Measurements? Measurements { get; init; }

    /// <summary>The flags as seen; null: none were used, or none could be read.</summary>
    public FlagAllocation? Flag { get; init; }

    /// <summary>How far an abort went.</summary>
    public RollbackKind? Rollback { get; init; }

    /// <summary>What whoever did it said of it; null: nothing.</summary>
    public OperationNote? Note { get; init; }
}
