namespace Vivace.Cli.Rollout.Simulate;

/// <summary>What a simulation prints.</summary>
/// <param name="Plan">The plan's id.</param>
/// <param name="Alpha">The chance of a false rollback that the plan allows.</param>
/// <param name="Arms">The arms as given, then, where those differ, arms that fail alike.</param>
internal sealed record SimulateOutput(string Plan, double Alpha, IReadOnlyList<SimulatedArms> Arms);
