using Vivace.Rollouts.Auditing;
using Vivace.Rollouts.Gates;
using Vivace.Rollouts.Measuring;
using Vivace.Rollouts.Plans;

namespace Vivace.Rollouts.Reconciling;

/// <summary>What a person does to a rollout: pure functions, audited like judgements. Actors are names of keys, never of people.</summary>
public static class RolloutOperations
{
    private const string Unreadable = "The flags cannot be read; what a person has set there would be overwritten unseen.";

    /// <summary>
    /// Starts a plan at its first step. Refused while the flags cannot be read, with the plan's faults, while another rollout is under way, under an id that has
    /// been used, and during the cool-down of the one before.
    /// </summary>
    /// <param name="current">The rollout before; null: there was none.</param>
    /// <param name="hasRun">Whether an id is known from the audit log.</param>
    /// <param name="note">What the person said of it; here and in the other operations it goes into the audit entry.</param>
    public static OperationOutcome Start(
        RolloutPlan plan, RolloutStatus? current, Func<string, bool> hasRun, FlagAllocation? flag, string actor, DateTimeOffset now, OperationNote? note = null)
    {
        var faults = RolloutPlanValidator.Faults(plan);
        var refusal = faults.Count > 0 ? string.Join(" ", faults)
            : current is { State: RolloutState.Running or RolloutState.Paused } ? $"Rollout {current.RolloutId} is under way; abort it first."
            : current?.RolloutId == plan.Id || hasRun(plan.Id) ? $"Rollout {plan.Id} has run before; a new one needs a new id."
            : flag is null ? Unreadable
            : current?.CoolDownUntil > now ? FormattableString.Invariant($"Rollouts cool down until {current.CoolDownUntil:O}.")
            : null;
        return refusal is null
            ? OperationOutcome.Done(Started(new AuditInputs(AuditKind.Start, now, actor, plan) { Before = current, Flag = flag, Note = note }))
            : OperationOutcome.Refused(refusal);
    }

    /// <summary>Moves on without waiting for time, units or evidence of speed. Refused while a gate fails or could not be measured.</summary>
    public static OperationOutcome Promote(
        RolloutPlan plan, RolloutStatus status, Measurements? measurements, FlagAllocation? flag, string actor, DateTimeOffset now, OperationNote? note = null)
    {
        var gates = Reconciler.Judge(plan, status, measurements, flag, now);
        var blocking = gates.FirstOrDefault(g => g.Verdict is Verdict.Fail or Verdict.Error);
        if (status.State is not (RolloutState.Running or RolloutState.Paused) || !status.Flag.RuntimeEnabled)
        {
            return OperationOutcome.Refused($"Rollout {status.RolloutId} is {status.State}; it cannot be promoted.");
        }

        if (blocking is not null)
        {
            return OperationOutcome.Refused($"Gate {blocking.Gate} says {blocking.Verdict}.");
        }

        var inputs = new AuditInputs(AuditKind.Promote, now, actor, plan) { Before = status, Measurements = measurements, Flag = flag, Note = note };
        var next = Transitions.MoveOn(plan, status, measurements!, flag, now);
        return OperationOutcome.Done(Outcome.Of(inputs, next, gates, next.FlagConfirmed ? null : next.Flag));
    }

    /// <summary>Stays at the present percent; the guards go on.</summary>
    public static OperationOutcome Pause(RolloutPlan plan, RolloutStatus status, string actor, DateTimeOffset now, OperationNote? note = null)
        => status.State == RolloutState.Running
            ? OperationOutcome.Done(Outcome.Of(
                new AuditInputs(AuditKind.Pause, now, actor, plan) { Before = status, Note = note },
                status with { State = RolloutState.Paused, Reason = "paused-by-a-person" },
                [],
                null))
            : OperationOutcome.Refused($"Rollout {status.RolloutId} is {status.State}; only a running one can be paused.");

    /// <summary>
    /// Goes on at the present step, with the flags as the step has them and by the plan as it now stands: a person's edits of
    /// either end here, by a person.
    /// </summary>
    public static OperationOutcome Resume(
        RolloutPlan plan, RolloutStatus status, Measurements? measurements, FlagAllocation? flag, string actor, DateTimeOffset now, OperationNote? note = null)
    {
        var faults = RolloutPlanValidator.Faults(plan);
        var refusal = status.State is not (RolloutState.Paused or RolloutState.Running) ? $"Rollout {status.RolloutId} is {status.State}; only a paused one can be resumed."
            : faults.Count > 0 ? string.Join(" ", faults)
            : flag is null ? Unreadable
            : plan.Id != status.RolloutId || status.Step >= plan.Steps.Length ? "The plan is of another rollout, or has too few steps; start it as a new one."
            : null;
        return refusal is null
            ? OperationOutcome.Done(Resumed(new AuditInputs(AuditKind.Resume, now, actor, plan) { Before = status, Measurements = measurements, Flag = flag, Note = note }, status))
            : OperationOutcome.Refused(refusal);
    }

    /// <summary>Ends a rollout and switches the flags off.</summary>
    public static OperationOutcome Abort(
        RolloutPlan plan, RolloutStatus status, RollbackKind kind, FlagAllocation? flag, string actor, DateTimeOffset now, OperationNote? note = null)
    {
        if (status.IsEnded())
        {
            return OperationOutcome.Refused($"Rollout {status.RolloutId} has ended already.");
        }

        var inputs = new AuditInputs(AuditKind.Abort, now, actor, plan) { Before = status, Flag = flag, Rollback = kind, Note = note };
        var next = Transitions.End(plan, status, flag, kind, now) with { State = RolloutState.Aborted, Reason = "aborted-by-a-person" };
        return OperationOutcome.Done(Outcome.Of(inputs, next, [], next.FlagConfirmed ? null : next.Flag));
    }

    private static Decision Started(AuditInputs inputs)
    {
        var (plan, percent) = (inputs.Plan, inputs.Plan.Steps[0].Percent);
        var status = new RolloutStatus
        {
            RolloutId = plan.Id,
            PlanHash = CanonicalJson.HashOf(plan),
            State = RolloutState.Running,
            StartedAt = inputs.At,
            StepSince = inputs.At,
            Percent = percent,
            Flag = new FlagTarget(true, true, percent, plan.Id),
            FlagConfirmed = inputs.Before?.FlagConfirmed ?? true,
        };
        var aimed = Transitions.Aim(inputs.Before is { } before ? status with { Flag = before.Flag, Late = before.Late } : status, inputs.Flag, status.Flag, inputs.At);
        return Outcome.Of(inputs, aimed, [], aimed.FlagConfirmed ? null : aimed.Flag);
    }

    private static Decision Resumed(AuditInputs inputs, RolloutStatus status)
    {
        var (plan, percent) = (inputs.Plan, inputs.Plan.Steps[status.Step].Percent);
        var target = new FlagTarget(true, true, percent, plan.Id);
        var next = Transitions.Aim(status, inputs.Flag, target, inputs.At) with
        {
            State = RolloutState.Running,
            Reason = null,
            PlanHash = CanonicalJson.HashOf(plan),
            Percent = percent,
            StepSince = percent == status.Percent ? status.StepSince : inputs.At,
        };
        return Outcome.Of(inputs, next, [], next.FlagConfirmed ? null : next.Flag);
    }
}
