using Vivace.Contracts.Processing;

namespace Vivace.Runtime.Processing;

/// <summary>
/// What a turn carries of the rollout that it is part of, taken from the same snapshot of the flags that decided it. It goes with
/// the turn to whoever runs or judges it.
/// </summary>
/// <param name="RolloutId">The rollout.</param>
/// <param name="Unit">A hash of the unit of assignment: never a user's id.</param>
/// <param name="Arm">The unit's arm: fast or control.</param>
/// <param name="Percent">The share of units served fast, 0 to 100.</param>
/// <param name="Cohort">Whether the unit is of the internal cohort.</param>
/// <param name="AskedFast">Whether the message asked for fast mode.</param>
/// <param name="At">When the turn was accepted, in whole milliseconds, as it is stored.</param>
public sealed record TurnRollout(
    string RolloutId, string Unit, RolloutArm Arm, double Percent, bool Cohort, bool AskedFast, DateTimeOffset At);
