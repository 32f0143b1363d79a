namespace Vivace.Rollouts.Plans;

/// <summary>
/// How the tests of a plan share its α. By the union bound the chance of any wrong rollback is at most the sum of the shares,
/// which is α.
/// </summary>
/// <remarks>
/// m counts the plan's guards and the latency guard, and one more where anything is compared with a rate that was fixed before:
/// a step above 50 % or an internal cohort. Each of the m has α/m, so a guard rolls back at E ≥ m/α (100 with the default plan:
/// nine bad units of nine; 80 for a plan that ends at 50 %). The share of the fixed rates is split evenly once more: over the
/// bound of the control share and the test against it, for every guard, and the cohort's failures. A thinner share costs these
/// little, since against a small rate every bad unit multiplies E by far more than two.
/// </remarks>
public sealed record AlphaShares
{
    private AlphaShares(RolloutPlan plan)
    {
        var above = plan.Steps.Any(s => s.Percent > 50);
        Tests = plan.Guards.Length + 1 + (above || plan.Cohort is not null ? 1 : 0);
        FixedParts = (above ? 2 * plan.Guards.Length : 0) + (plan.Cohort is null ? 0 : 1);
        Guard = plan.Alpha / Tests;
        Fixed = FixedParts == 0 ? 0 : Guard / FixedParts;
        GoesAboveHalf = above;
    }

    /// <summary>m.</summary>
    public int Tests { get; }

    /// <summary>α/m, the share of a guard.</summary>
    public double Guard { get; }

    /// <summary>The share of one bound or one test against a fixed rate; 0 where there is none.</summary>
    public double Fixed { get; }

    /// <summary>Whether a part is meant for rates above 50 %; without, nothing may be judged there.</summary>
    public bool GoesAboveHalf { get; }

    private int FixedParts { get; }

    /// <summary>The shares of a plan.</summary>
    public static AlphaShares Of(RolloutPlan plan) => new(plan);
}
