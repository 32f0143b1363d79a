namespace Vivace.Rollouts.Plans;

/// <summary>One step of a plan.</summary>
/// <param name="Percent">
/// The share of units served fast, 0 to 100. 0 is the step of the internal cohort. Up to 50 the control arm is as large; above,
/// it is the rest.
/// </param>
/// <param name="MinimumTime">How long the step lasts at least.</param>
/// <param name="MinimumUnits">
/// How many units must have had a counted turn in this step: in each arm up to 50 %, in the fast arm above it, of the cohort in
/// step 0.
/// </param>
public sealed record RolloutStep(int Percent, TimeSpan MinimumTime, int MinimumUnits);
