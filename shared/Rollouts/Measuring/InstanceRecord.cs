namespace Vivace.Rollouts.Measuring;

/// <summary>
/// What one process has counted since it started: a row keyed by rollout and instance. Counts only grow, so merging takes the
/// larger of each; a process that starts again is another instance.
/// </summary>
/// <param name="Instance">Unique to one run of a process.</param>
/// <param name="Mismatches">Mismatches that this process saw.</param>
/// <param name="JudgedByAnother">Scores that it left out because another judge than the plan's gave them.</param>
public sealed record InstanceRecord(string Instance, MismatchCounts Mismatches, long JudgedByAnother)
{
    /// <summary>Commutative, associative, idempotent.</summary>
    /// <exception cref="ArgumentException">The rows are of different instances.</exception>
    public InstanceRecord Merge(InstanceRecord other) => other.Instance == Instance
        ? new(Instance, Mismatches.Max(other.Mismatches), Math.Max(JudgedByAnother, other.JudgedByAnother))
        : throw new ArgumentException("Rows of different instances are not merged.", nameof(other));
}
