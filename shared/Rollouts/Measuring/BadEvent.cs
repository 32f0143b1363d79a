using Vivace.Contracts.Processing;

namespace Vivace.Rollouts.Measuring;

/// <summary>The first turn of its kind that a unit had while the arms were equal.</summary>
/// <param name="At">When the turn was accepted.</param>
/// <param name="Arm">The unit's arm at that turn.</param>
public sealed record BadEvent(DateTimeOffset At, RolloutArm Arm)
{
    /// <summary>The earlier one; of two at the same time the one of the lower arm.</summary>
    public static BadEvent? Earliest(BadEvent? one, BadEvent? other)
    {
        if (one is null || other is null)
        {
            return one ?? other;
        }

        return (one.At, one.Arm).CompareTo((other.At, other.Arm)) <= 0 ? one : other;
    }
}
