namespace Vivace.Rollouts.Measuring;

/// <summary>So many of so many.</summary>
/// <param name="Hits">k, 0 to <paramref name="Seen"/>.</param>
/// <param name="Seen">n.</param>
public readonly record struct Count(long Hits, long Seen);
