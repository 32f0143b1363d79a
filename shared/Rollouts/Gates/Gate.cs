using System.Text.Json.Serialization;
using Vivace.Contracts;

namespace Vivace.Rollouts.Gates;

/// <summary>The gates of a rollout.</summary>
[JsonConverter(typeof(WireEnumConverter<Gate>))]
public enum Gate
{
    /// <summary>Absolute: no turn may be processed in another mode, room, path or model than its own.</summary>
    Mismatch,

    /// <summary>Failed units of two equal arms.</summary>
    Failure,

    /// <summary>Units of two equal arms with an unsafe reply.</summary>
    Unsafe,

    /// <summary>Units of two equal arms with a reply of low quality.</summary>
    LowQuality,

    /// <summary>Failed first turns above 50 %, against the control arm's fixed bound.</summary>
    FailureAboveHalf,

    /// <summary>Unsafe first turns above 50 %, against the control arm's fixed bound.</summary>
    UnsafeAboveHalf,

    /// <summary>First turns of low quality above 50 %, against the control arm's fixed bound.</summary>
    LowQualityAboveHalf,

    /// <summary>First chunks later than promised.</summary>
    Latency,

    /// <summary>Failed first turns of the internal cohort.</summary>
    Cohort,

    /// <summary>Evidence that fast is faster; needed to move on.</summary>
    Speed,

    /// <summary>As many units in one arm as in the other.</summary>
    SampleRatio,

    /// <summary>The step's minimum time.</summary>
    Time,

    /// <summary>The step's minimum units.</summary>
    Units,

    /// <summary>The measurements could be read.</summary>
    Measurements,

    /// <summary>The flag could be read, and its allocation has the rollout's shape and seed.</summary>
    Allocation,

    /// <summary>The plan is the one that the rollout runs by.</summary>
    Plan,
}
