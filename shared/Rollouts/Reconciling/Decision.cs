using Vivace.Rollouts.Auditing;
using Vivace.Rollouts.Gates;

namespace Vivace.Rollouts.Reconciling;

/// <summary>What follows from a judgement. Write the audit entry and the status, in one transaction, then the flag.</summary>
/// <param name="Status">The new status.</param>
/// <param name="Verdict">The verdict of all gates together.</param>
/// <param name="Gates">What each gate found.</param>
/// <param name="Flag">What to write to the flags; null: nothing.</param>
/// <param name="Audit">What to append to the audit log; null: nothing has changed.</param>
public sealed record Decision(RolloutStatus Status, Verdict Verdict, GateResult[] Gates, FlagTarget? Flag = null, AuditRecord? Audit = null);
