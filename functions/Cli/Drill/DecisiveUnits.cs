using Vivace.Rollouts.Gates;
using Vivace.Rollouts.Plans;

namespace Vivace.Cli.Drill;

/// <summary>How many bad units, of nothing but bad ones, make a guard roll back.</summary>
internal static class DecisiveUnits
{
    /// <summary>
    /// The smallest n at which n bad units of n reach the guard's threshold while the arms are equal: nine failed ones by the
    /// default plan. Null where the plan has no such guard.
    /// </summary>
    public static int? Of(RolloutPlan plan, DrillFault fault)
    {
        var threshold = -Math.Log10(AlphaShares.Of(plan).Guard);
        if (fault == DrillFault.Latency)
        {
            return Smallest(n => SequentialTest.Log10E(n, n, plan.SlowShare) >= threshold);
        }

        return plan.Guards.FirstOrDefault(g => g.Kind == GuardKind.Failure) is { } guard
            ? Smallest(n => SequentialTest.Log10EOfArms(n, n, guard.MaximumRatio) >= threshold)
            : null;
    }

    private static int Smallest(Func<int, bool> reaches)
    {
        var units = 1;
        while (!reaches(units))
        {
            units++;
        }

        return units;
    }
}
