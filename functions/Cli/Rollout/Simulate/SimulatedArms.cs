using Vivace.Rollouts.Simulating;

namespace Vivace.Cli.Rollout.Simulate;

/// <summary>What many rollouts came to whose arms behave in one way.</summary>
/// <param name="AreAlike">Whether the arms fail alike, so that every rollback of a comparison is a false one.</param>
/// <param name="Fast">The fast arm.</param>
/// <param name="Control">The control arm.</param>
/// <param name="Report">What they came to.</param>
/// <param name="SecondsToAll">Seconds until fast reached 100 %, of those that did; null: none did.</param>
/// <param name="HeldAt">How many stood at which percent when they were given up: where the plan asks for more than the traffic gives.</param>
internal sealed record SimulatedArms(
    bool AreAlike, ArmBehaviour Fast, ArmBehaviour Control, SimulationReport Report, Quantiles? SecondsToAll, IReadOnlyDictionary<string, int> HeldAt);
