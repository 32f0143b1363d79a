namespace Vivace.Rollouts.Plans;

/// <summary>
/// Limits of a provider's priority tier, which downgrades traffic that ramps up too fast. Given, each step may be at most
/// <paramref name="MaximumGrowth"/> times the one before it, and the one before it must last <paramref name="Interval"/>.
/// </summary>
/// <param name="MaximumGrowth">A factor above 1; providers document 1.5.</param>
/// <param name="Interval">Providers document 15 minutes.</param>
public sealed record PriorityTierPlan(double MaximumGrowth, TimeSpan Interval);
