using Vivace.Rollouts.Plans;

namespace Vivace.Cli.Drill.Judging;

/// <summary>What a drill is judged by.</summary>
/// <param name="Fault">What was injected.</param>
/// <param name="Rollback">How far the rollback has to go.</param>
/// <param name="Decisive">So many bad units decide; the clock runs from the end of the last of them.</param>
/// <param name="Within">How long after it fast turns may still be admitted anywhere.</param>
/// <param name="FirstChunkSlo">The promised first chunk.</param>
/// <param name="Endpoints">All of which have to show the rollback.</param>
internal sealed record DrillCriteria(
    DrillFault Fault, RollbackKind Rollback, int Decisive, TimeSpan Within, TimeSpan FirstChunkSlo, IReadOnlyList<Uri> Endpoints)
{
    /// <summary>How long fast must have been off everywhere before it is believed: several processes may answer at one address.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The most units to spend until the rollback.</summary>
    public int MostUnits { get; init; } = 2000;
}
