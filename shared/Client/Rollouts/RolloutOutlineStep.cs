namespace Vivace.Client.Rollouts;

/// <summary>One step of a plan.</summary>
/// <param name="Percent">The share of units served fast, 0 to 100.</param>
/// <param name="MinimumTime">How long the step lasts at least.</param>
/// <param name="MinimumUnits">How many units must have had a turn in it.</param>
public sealed record RolloutOutlineStep(double Percent, TimeSpan MinimumTime, long MinimumUnits);
