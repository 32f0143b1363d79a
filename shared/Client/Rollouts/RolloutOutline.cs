namespace Vivace.Client.Rollouts;

/// <summary>What of a plan is needed to show where a rollout stands in it.</summary>
/// <param name="Id">Names the rollout.</param>
/// <param name="Steps">In order of rising percent.</param>
public sealed record RolloutOutline(string Id, IReadOnlyList<RolloutOutlineStep> Steps);
