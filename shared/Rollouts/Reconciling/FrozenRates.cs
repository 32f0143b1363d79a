using Vivace.Rollouts.Gates;
using Vivace.Rollouts.Measuring;
using Vivace.Rollouts.Plans;

namespace Vivace.Rollouts.Reconciling;

/// <summary>The rates that a step is judged against, fixed when it began.</summary>
/// <param name="At">When.</param>
/// <param name="Rates">One for each guard of the plan.</param>
/// <remarks>
/// Equal arms. With s the control arm's share of bad units, estimated as (b+1)/(n+2) so that little data tolerate little, a delta
/// of δ tolerates r = (s+δ)/s, at most the guard's maximum. E falls as r grows, so with no difference between the arms a wrong
/// rollback is no likelier than at r = 1, however s was estimated.
/// <para>
/// Above 50 %. A point estimate of the control share would roll back wrongly as often as it happens to lie too low, and with few
/// units, or with owners of very different rates, that is often. So the guard tests against δ plus an upper bound U of the share
/// p of units whose first turn is bad, that holds at whatever time the rollout moves on (<see cref="ShareBound"/>). One
/// observation a unit, and none of a unit that U was made from: units are assigned by a hash, so their first turns are
/// independent draws with the same p however much units differ in their own rates or activity, and U is independent of what is
/// tested. Then the guard fails wrongly with a chance of at most P(U &lt; p) + P(E ≥ 1/α' against p) ≤ 2α', with α' the share
/// <see cref="AlphaShares.Fixed"/>. The price: it assumes that p does not drift, since no control arm is left to show it.
/// </para>
/// </remarks>
public sealed record FrozenRates(DateTimeOffset At, FrozenRate[] Rates)
{
    /// <summary>The rate of a guard; null where none was fixed.</summary>
    public FrozenRate? Of(GuardKind kind)
    {
        foreach (var rate in Rates)
        {
            if (rate.Kind == kind)
            {
                return rate;
            }
        }

        return null;
    }

    /// <summary>Fixes the rates for what follows; a bound that was fixed before stays.</summary>
    /// <param name="percent">The percent that follows.</param>
    /// <param name="before">The rates so far.</param>
    internal static FrozenRates From(RolloutPlan plan, Measurements measurements, double percent, FrozenRates? before)
    {
        var alpha = AlphaShares.Of(plan) is { GoesAboveHalf: true } shares ? shares.Fixed : 0;
        return new(measurements.At, [.. plan.Guards.Select(g => From(g, measurements, percent, before?.Of(g.Kind), alpha))]);
    }

    private static FrozenRate From(GuardPlan guard, Measurements measurements, double percent, FrozenRate? before, double alpha)
    {
        var counts = measurements.Of(guard.Kind);
        var control = new Count(counts.Compared.Seen - counts.Compared.Hits, measurements.Units.Control);
        var rate = new FrozenRate(guard.Kind, control, Ratio(guard, control));
        if (before?.Bound is not null)
        {
            return rate with { ControlFirst = before.ControlFirst, Bound = before.Bound };
        }

        // Without a share of α nothing may be judged above 50 %, where only a person can have brought such a plan.
        var first = counts.ControlFirst;
        return percent > 50 && alpha > 0
            ? rate with { ControlFirst = first, Bound = ShareBound.Upper(first.Hits, first.Seen, alpha) }
            : rate;
    }

    private static double Ratio(GuardPlan guard, Count control)
    {
        var share = (control.Hits + 1.0) / (control.Seen + 2.0);
        return control.Seen == 0 ? 1 : Math.Min(guard.MaximumRatio, (share + guard.Delta) / share);
    }
}
