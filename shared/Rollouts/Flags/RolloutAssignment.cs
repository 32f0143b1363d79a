namespace Vivace.Rollouts.Flags;

/// <summary>What put a unit where it is.</summary>
public enum RolloutAssignment
{
    /// <summary>Nothing did: the runtime flag is off, or no allocation covers the unit.</summary>
    None,

    /// <summary>It is named, by user or by group: the internal cohort, which is left out of the comparison.</summary>
    Cohort,

    /// <summary>Its bucket, by the hash of its name and the rollout's id.</summary>
    Percentile,
}
