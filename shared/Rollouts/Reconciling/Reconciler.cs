using Vivace.Rollouts.Auditing;
using Vivace.Rollouts.Gates;
using Vivace.Rollouts.Measuring;
using Vivace.Rollouts.Plans;

namespace Vivace.Rollouts.Reconciling;

/// <summary>Judges a rollout: a pure function of what it is given.</summary>
public static class Reconciler
{
    /// <summary>The actor of what no person does.</summary>
    public const string Actor = "controller";

    /// <summary>
    /// Judges every gate and decides. A mismatch rolls back before anything else, then any failing guard, also while the rollout
    /// is held or paused. Otherwise an error or something inconclusive holds it, and only when every gate passes does a running
    /// rollout move on. A rollout that has ended is never judged again.
    /// </summary>
    /// <param name="plan">A valid plan.</param>
    /// <param name="status">Where the rollout stands.</param>
    /// <param name="measurements">Null: they could not be read.</param>
    /// <param name="flag">Null: the flags could not be read.</param>
    /// <param name="now">The present.</param>
    public static Decision Reconcile(RolloutPlan plan, RolloutStatus status, Measurements? measurements, FlagAllocation? flag, DateTimeOffset now)
    {
        var inputs = new AuditInputs(AuditKind.Reconcile, now, Actor, plan) { Before = status, Measurements = measurements, Flag = flag };
        var watch = FlagWatch.See(status, flag, now);
        var seen = Taken(plan, watch, measurements, now);
        if (status.IsEnded() || status.State == RolloutState.NotStarted)
        {
            return Outcome.Of(inputs, seen, [], watch.Rewrite);
        }

        var gates = Judge(plan, seen, measurements, flag, now);
        var failed = gates.FirstOrDefault(g => g.Verdict == Verdict.Fail);
        var next = failed is not null ? Transitions.RollBack(plan, seen, flag, failed.Gate, now)
            : seen.State == RolloutState.Running && gates.All(g => g.Verdict == Verdict.Pass) ? Transitions.MoveOn(plan, seen, measurements!, flag, now)
            : seen;
        return Outcome.Of(inputs, next, gates, next.FlagConfirmed || next.Flag == seen.Flag ? watch.Rewrite : next.Flag);
    }

    /// <summary>What the gates find, without deciding anything.</summary>
    public static GateResult[] Judge(RolloutPlan plan, RolloutStatus status, Measurements? measurements, FlagAllocation? flag, DateTimeOffset now)
    {
        GateResult[] circumstances = [
            new(Gate.Measurements, IsWhole(measurements) ? Verdict.Pass : Verdict.Error) { Reason = measurements?.Unread is null ? null : "unread-rows" },
            new(Gate.Allocation, IsOurs(status, flag) ? Verdict.Pass : Verdict.Error),
            new(Gate.Plan, status.PlanHash == CanonicalJson.HashOf(plan) && status.RolloutId == plan.Id ? Verdict.Pass : Verdict.Error)];
        if (measurements is null)
        {
            return circumstances;
        }

        var judge = new GateJudge(plan, status, measurements, now);
        return !IsWhole(measurements) ? [judge.Mismatch(), .. circumstances]
            : status.State == RolloutState.Completed
            ? [.. judge.Guards(), .. circumstances]
            : [.. judge.Guards(), .. judge.Conditions(), .. circumstances];
    }

    private static bool IsWhole(Measurements? measurements) => measurements is { Unread: null };

    private static bool IsOurs(RolloutStatus status, FlagAllocation? flag)
        => flag is not null && (!flag.RuntimeEnabled || (flag.IsRolloutShape && flag.Seed == status.RolloutId));

    /// <summary>A person's edit pauses the rollout, at the percent that the person chose.</summary>
    private static RolloutStatus Taken(RolloutPlan plan, FlagWatch watch, Measurements? measurements, DateTimeOffset now)
    {
        var status = watch.Status;
        if (watch.Edit is null || status.IsEnded())
        {
            return status;
        }

        var percent = status.Flag.Percent;
        return status with
        {
            State = RolloutState.Paused,
            Reason = watch.Edit,
            Percent = percent,
            StepSince = percent == status.Percent ? status.StepSince : now,
            Frozen = percent == status.Percent || !IsWhole(measurements) ? status.Frozen : FrozenRates.From(plan, measurements!, percent, status.Frozen),
        };
    }
}
