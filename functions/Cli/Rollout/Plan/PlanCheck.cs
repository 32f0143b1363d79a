namespace Vivace.Cli.Rollout.Plan;

/// <summary>What checking a plan found.</summary>
/// <param name="Ok">Whether it can be used.</param>
/// <param name="Faults">All of them, in the order of the plan's members.</param>
internal sealed record PlanCheck(bool Ok, IReadOnlyList<string> Faults);
