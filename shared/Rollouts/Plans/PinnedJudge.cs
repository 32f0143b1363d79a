namespace Vivace.Rollouts.Plans;

/// <summary>The one judge of quality, in both arms; scores of another are left out and counted.</summary>
/// <param name="Model">The model's name as the evaluator reports it.</param>
/// <param name="Version">The evaluator's version.</param>
public sealed record PinnedJudge(string Model, int Version);
