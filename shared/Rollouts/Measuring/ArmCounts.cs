namespace Vivace.Rollouts.Measuring;

/// <summary>Units in each arm.</summary>
public readonly record struct ArmCounts(long Fast, long Control);
