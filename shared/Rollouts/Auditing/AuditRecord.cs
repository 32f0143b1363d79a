using Vivace.Rollouts.Gates;
using Vivace.Rollouts.Reconciling;

namespace Vivace.Rollouts.Auditing;

/// <summary>A decision with all that it was made from.</summary>
/// <param name="Inputs">What it was made from.</param>
/// <param name="After">The status after, with the rates that were frozen and the hash of the plan.</param>
/// <param name="Verdict">The verdict of all gates together.</param>
/// <param name="Gates">The verdict of each, with k, n, log₁₀E and threshold.</param>
/// <param name="Flag">What was to be written to the flags; null: nothing.</param>
public sealed record AuditRecord(AuditInputs Inputs, RolloutStatus After, Verdict Verdict, GateResult[] Gates, FlagTarget? Flag = null);
