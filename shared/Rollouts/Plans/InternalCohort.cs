namespace Vivace.Rollouts.Plans;

/// <summary>
/// Who is served fast from step 0 on, by the flag's user and group allocations. Their turns are under the absolute guards and the
/// latency guard, and are left out of the comparison, since they were not drawn by lot.
/// </summary>
/// <param name="Users">Units of assignment.</param>
/// <param name="Groups">Groups of the targeting context.</param>
public sealed record InternalCohort(string[] Users, string[] Groups)
{
    /// <summary>
    /// The tolerated share of cohort units whose first counted turn failed; there is no control arm yet to compare with.
    /// </summary>
    public double MaximumFailureShare { get; set; } = 0.05;
}
