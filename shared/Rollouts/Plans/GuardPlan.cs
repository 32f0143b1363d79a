namespace Vivace.Rollouts.Plans;

/// <summary>One guard and what it tolerates.</summary>
public sealed record GuardPlan
{
    /// <summary>What it watches.</summary>
    public required GuardKind Kind { get; init; }

    /// <summary>
    /// How much larger the fast arm's share of bad units may be than the control arm's: the agreed delta, as a share from 0 to
    /// below 1 (0.005 is half a point). Above 50 % it is added to the bound of the control share.
    /// </summary>
    public double Delta { get; set; }

    /// <summary>
    /// Up to 50 % the delta becomes a tolerated ratio r = (s+δ)/s of the control share s, and this is the largest r; 1 to 10.
    /// At 1 nothing is tolerated there, so that nine bad units of nine are enough to roll back; r = 2 needs seventeen.
    /// </summary>
    public double MaximumRatio { get; set; } = 1;
}
