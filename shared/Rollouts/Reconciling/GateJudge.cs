using Vivace.Rollouts.Gates;
using Vivace.Rollouts.Measuring;
using Vivace.Rollouts.Plans;

namespace Vivace.Rollouts.Reconciling;

/// <summary>Judges every gate of a rollout at one moment.</summary>
internal sealed class GateJudge(RolloutPlan plan, RolloutStatus status, Measurements measurements, DateTimeOffset now)
{
    private readonly AlphaShares shares = AlphaShares.Of(plan);

    /// <summary>The absolute guard.</summary>
    public GateResult Mismatch() => new(Gate.Mismatch, measurements.Mismatches.Total > 0 ? Verdict.Fail : Verdict.Pass)
    {
        Count = new Count(measurements.Mismatches.Total, measurements.Mismatches.Total),
    };

    /// <summary>Those that may fail.</summary>
    public IEnumerable<GateResult> Guards()
    {
        yield return Mismatch();
        foreach (var guard in plan.Guards)
        {
            if (status.Percent > 0)
            {
                yield return Compared(guard);
            }

            if (status.Percent > 50)
            {
                yield return AboveHalf(guard);
            }
        }

        yield return Tested(Gate.Latency, measurements.Latency, plan.SlowShare, shares.Guard);
        if (plan.Cohort is { } cohort)
        {
            yield return Tested(Gate.Cohort, measurements.CohortFailures, cohort.MaximumFailureShare, shares.Fixed);
        }
    }

    /// <summary>Those that hold.</summary>
    public IEnumerable<GateResult> Conditions()
    {
        // A plan that a person has shortened meanwhile holds by its own gate.
        var step = plan.Steps[Math.Min(status.Step, plan.Steps.Length - 1)];
        if (status.Percent > 0)
        {
            yield return SampleRatio();
            yield return GateResult.Test(
                Gate.Speed, measurements.Pairs, 0.5, plan.Alpha, reached: Verdict.Pass, below: Verdict.Inconclusive);
        }

        yield return new GateResult(Gate.Time, now - status.StepSince >= step.MinimumTime ? Verdict.Pass : Verdict.Inconclusive);
        yield return Units(step.MinimumUnits);
    }

    private GateResult Compared(GuardPlan guard)
    {
        var ratio = status.Frozen?.Of(guard.Kind)?.Ratio ?? 1;
        var (gate, counts) = (GateOf(guard.Kind, Gate.Failure), measurements.Of(guard.Kind).Compared);
        var result = GateResult.Test(gate, counts, ratio / (1 + ratio), shares.Guard, Verdict.Fail, Verdict.Pass);
        return measurements.Units is { Fast: 0, Control: 0 } ? NoData(result) : WithQuality(guard, result);
    }

    private GateResult AboveHalf(GuardPlan guard)
    {
        var (gate, counts) = (GateOf(guard.Kind, Gate.FailureAboveHalf), measurements.Of(guard.Kind).AboveHalf);
        if (status.Frozen?.Of(guard.Kind)?.Bound + guard.Delta is not { } theta0 || theta0 >= 1)
        {
            return new GateResult(gate, Verdict.Inconclusive) { Count = counts, Reason = "no-rate" };
        }

        return WithQuality(guard, Tested(gate, counts, theta0, shares.Fixed));
    }

    private static GateResult Tested(Gate gate, Count counts, double theta0, double alpha)
    {
        var result = GateResult.Test(gate, counts, theta0, alpha, Verdict.Fail, Verdict.Pass);
        return counts.Seen == 0 ? NoData(result) : result;
    }

    private static GateResult NoData(GateResult result) => result with { Verdict = Verdict.Inconclusive, Reason = "no-data" };

    /// <summary>Quality that is not known, or known too late, is neither good nor bad; quality that is bad stays bad.</summary>
    private GateResult WithQuality(GuardPlan guard, GateResult result)
    {
        if (guard.Kind != GuardKind.LowQuality || result.Verdict == Verdict.Fail)
        {
            return result;
        }

        return measurements.JudgedUntil is not { } judged
            ? result with { Verdict = Verdict.Inconclusive, Reason = "not-judged" }
            : now - judged > plan.Quality.MaximumAge ? result with { Verdict = Verdict.Error, Reason = "judged-too-late" } : result;
    }

    /// <summary>Only units that came while the arms were equal are compared, so each is in either with the same chance.</summary>
    private GateResult SampleRatio()
    {
        var (fast, control) = measurements.Units;
        var counts = new Count(fast, fast + control);
        return GateResult.Of(
            Gate.SampleRatio, counts, 0.5, SequentialTest.Log10EOfBalance(fast, control), plan.SampleRatioAlpha, Verdict.Error, Verdict.Pass);
    }

    private GateResult Units(int minimum)
    {
        var step = measurements.Steps.FirstOrDefault(s => s.Percent == status.Percent);
        var units = step is null ? 0 : status.Percent is > 0 and <= 50 ? Math.Min(step.Fast, step.Control) : step.Fast;
        return new GateResult(Gate.Units, units >= minimum ? Verdict.Pass : Verdict.Inconclusive) { Count = new Count(units, minimum) };
    }

    private static Gate GateOf(GuardKind kind, Gate first) => first + (int)kind;
}
