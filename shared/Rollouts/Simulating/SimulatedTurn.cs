using Vivace.Contracts.Processing;

namespace Vivace.Rollouts.Simulating;

/// <summary>One turn that matters: the first of a unit in a step, or its first bad one of a kind.</summary>
internal readonly record struct SimulatedTurn(string Unit, RolloutArm Arm, bool IsFirst, bool Failed, bool Unsafe, bool LowQuality);
