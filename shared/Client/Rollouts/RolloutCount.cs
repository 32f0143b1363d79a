namespace Vivace.Client.Rollouts;

/// <summary>So many of so many.</summary>
/// <param name="Hits">k.</param>
/// <param name="Seen">n.</param>
public sealed record RolloutCount(long Hits, long Seen);
