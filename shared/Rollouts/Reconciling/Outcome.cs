using Vivace.Rollouts.Auditing;
using Vivace.Rollouts.Gates;

namespace Vivace.Rollouts.Reconciling;

/// <summary>Makes decisions of outcomes.</summary>
internal static class Outcome
{
    /// <summary>The worst verdict counts; without gates nothing was found. What changes anything is audited.</summary>
    public static Decision Of(AuditInputs inputs, RolloutStatus status, GateResult[] gates, FlagTarget? write)
    {
        var verdict = gates.Length == 0 ? status.Verdict : gates.Max(g => g.Verdict);
        var after = status with { Verdict = verdict };
        var changed = inputs.Kind != AuditKind.Reconcile
            || inputs.Before is not { } before
            || after with { FlagConfirmed = before.FlagConfirmed } != before;
        return new Decision(after, verdict, gates, write, changed ? new AuditRecord(inputs, after, verdict, gates, write) : null);
    }
}
