using Vivace.Rollouts.Measuring;
using Vivace.Rollouts.Plans;

namespace Vivace.Rollouts.Reconciling;

/// <summary>What a guard tolerates in the present step, fixed before it began.</summary>
/// <param name="Kind">The guard.</param>
/// <param name="Control">Bad control units of all compared control units, that the ratio was made from.</param>
/// <param name="Ratio">r, at least 1: tolerated between equal arms.</param>
public sealed record FrozenRate(GuardKind Kind, Count Control, double Ratio)
{
    /// <summary>Control units whose first turn was bad, that the bound was made from; null up to 50 %.</summary>
    public Count? ControlFirst { get; init; }

    /// <summary>The upper bound of the control share; null up to 50 %.</summary>
    public double? Bound { get; init; }
}
