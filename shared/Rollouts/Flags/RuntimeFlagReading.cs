namespace Vivace.Rollouts.Flags;

/// <summary>The runtime flag as a rollout reads it back.</summary>
/// <param name="Enabled">Whether it is on.</param>
/// <param name="Allocation">Its allocation; null when a person has changed its shape.</param>
/// <param name="Difference">In what it differs from the shape that rollouts write; null when it does not.</param>
public sealed record RuntimeFlagReading(bool Enabled, RolloutAllocation? Allocation, string? Difference)
{
    /// <summary>Whether it has the shape that rollouts write.</summary>
    public bool IsRecognised => Allocation is not null;
}
