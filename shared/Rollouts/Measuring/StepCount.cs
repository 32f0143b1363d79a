namespace Vivace.Rollouts.Measuring;

/// <summary>Units with a counted turn at a percent; those of the cohort count at 0 only, as fast.</summary>
public sealed record StepCount(double Percent, long Fast, long Control);
