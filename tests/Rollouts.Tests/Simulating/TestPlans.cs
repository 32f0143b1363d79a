using Vivace.Rollouts.Plans;

namespace Vivace.Rollouts.Tests.Simulating;

/// <summary>Whole plans to 100 %, with steps of ten minutes so that many rollouts can be played.</summary>
internal static class TestPlans
{
    private static readonly TimeSpan StepTime = TimeSpan.FromMinutes(10);

    public static RolloutPlan Large { get; } = Of((5, 20), (20, 40), (50, 100), (75, 100), (100, 100));

    public static RolloutPlan Medium { get; } = Of((5, 8), (20, 30), (50, 60), (75, 60), (100, 60));

    /// <summary>With fifty owners a small first step could never show that fast is faster.</summary>
    public static RolloutPlan Small { get; } = Of((40, 7), (50, 8), (75, 8), (100, 8));

    /// <summary>One long step of equal arms.</summary>
    public static RolloutPlan Half { get; } = Of((50, 4000));

    private static RolloutPlan Of(params (int Percent, int Units)[] steps) => RolloutPlan.Default with
    {
        Id = "simulated",
        Steps = [.. steps.Select(s => new RolloutStep(s.Percent, StepTime, s.Units))],
    };
}
