namespace Vivace.Client.Rollouts;

/// <summary>Units in each arm.</summary>
public sealed record RolloutArmCounts(long Fast, long Control);
