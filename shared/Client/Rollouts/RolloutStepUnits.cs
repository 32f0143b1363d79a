namespace Vivace.Client.Rollouts;

/// <summary>Units with a counted turn at a percent.</summary>
public sealed record RolloutStepUnits(double Percent, long Fast, long Control);
