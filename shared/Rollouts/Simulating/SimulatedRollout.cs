using Vivace.Rollouts.Auditing;
using Vivace.Rollouts.Measuring;
using Vivace.Rollouts.Reconciling;

namespace Vivace.Rollouts.Simulating;

/// <summary>How one rollout went.</summary>
/// <param name="Run">Its number, from 0.</param>
/// <param name="Status">How it ended; neither completed nor rolled back when it was given up.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Units">Compared units at its end.</param>
/// <param name="AuditLines">Its audit log, where it was kept.</param>
/// <param name="AuditHead">The log's head.</param>
public sealed record SimulatedRollout(
    int Run, RolloutStatus Status, TimeSpan Duration, ArmCounts Units, IReadOnlyList<string> AuditLines, AuditHead AuditHead);
