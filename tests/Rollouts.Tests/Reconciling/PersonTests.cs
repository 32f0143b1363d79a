using Vivace.Rollouts.Auditing;
using Vivace.Rollouts.Gates;
using Vivace.Rollouts.Plans;
using Vivace.Rollouts.Reconciling;

namespace Vivace.Rollouts.Tests.Reconciling;

/// <summary>What people do to a rollout and to its flags.</summary>
public class PersonTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public void Who_switches_the_flag_off_is_respected_and_logged()
    {
        var rollout = Confirmed();
        rollout.Flag = rollout.Flag! with { RuntimeEnabled = false };
        Assert.Null(rollout.After(Day, () => rollout.Good()).Flag);
        Assert.Equal((RolloutState.Paused, "switched-off-by-a-person"), (rollout.Status.State, rollout.Status.Reason));
        var entries = rollout.Log.Count;
        Assert.Null(rollout.After(Day, () => rollout.Good()).Flag);
        Assert.Equal((false, entries), (rollout.Flag!.RuntimeEnabled, rollout.Log.Count));
        rollout.Flag = rollout.Flag with { RuntimeEnabled = true };
        Assert.Null(rollout.After(Day, () => rollout.Good()).Flag);
        Assert.Equal((RolloutState.Paused, "switched-on-by-a-person"), (rollout.Status.State, rollout.Status.Reason));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(80)]
    public void Who_changes_the_percent_is_respected_and_logged(double percent)
    {
        var rollout = Confirmed();
        var entries = rollout.Log.Count;
        rollout.Flag = rollout.Flag! with { Percent = percent };
        for (var i = 0; i < 3; i++)
        {
            Assert.Null(rollout.After(Day, () => rollout.Good(percent)).Flag);
        }

        Assert.Equal((RolloutState.Paused, percent), (rollout.Status.State, rollout.Status.Percent));
        Assert.Equal("percent-changed-by-a-person", rollout.Log[entries].Record.After.Reason);
        Assert.Equal(percent > 50, rollout.Last.Gates.Any(g => g is { Gate: Gate.FailureAboveHalf, Theta0: not null }));
    }

    [Fact]
    public void Who_changes_the_shape_of_the_allocation_makes_it_hold_until_it_is_put_back()
    {
        var rollout = Confirmed();
        var ours = rollout.Flag!;
        rollout.Flag = ours with { IsRolloutShape = false };
        Assert.Null(rollout.After(Day, () => rollout.Good()).Flag);
        Assert.Equal((RolloutState.Running, 0, Verdict.Error), (rollout.Status.State, rollout.Status.Step, rollout.VerdictOf(Gate.Allocation)));
        rollout.Flag = ours;
        rollout.After(Day, () => rollout.Good());
        Assert.Equal(1, rollout.Status.Step);
    }

    [Fact]
    public void A_failing_gate_switches_off_what_a_person_has_reshaped()
    {
        var rollout = Confirmed();
        rollout.Flag = rollout.Flag! with { IsRolloutShape = false };
        rollout.After(Day, () => rollout.Bad(GuardKind.Failure, new(9, 9)));
        Assert.False(rollout.Flag!.RuntimeEnabled);
    }

    [Fact]
    public void A_decision_that_has_not_reached_the_flags_is_written_again_and_not_taken_for_an_edit()
    {
        var rollout = Confirmed();
        rollout.FlagsAreWritten = false;
        rollout.After(Day, () => rollout.Good());
        Assert.Equal((1, 5.0), (rollout.Status.Step, rollout.Flag!.Percent));
        rollout.FlagsAreWritten = true;
        Assert.Equal(20, rollout.After(TimeSpan.FromSeconds(5), () => rollout.Good()).Flag!.Percent);
        Assert.Null(rollout.After(TimeSpan.FromSeconds(5), () => rollout.Good()).Flag);
        Assert.Equal(RolloutState.Running, rollout.Status.State);
    }

    [Fact]
    public void A_rollback_is_written_until_the_flags_say_it()
    {
        var rollout = Confirmed();
        rollout.FlagsAreWritten = false;
        rollout.After(Day, () => rollout.Bad(GuardKind.Failure, new(9, 9)));
        Assert.False(rollout.After(TimeSpan.FromSeconds(5), () => null).Flag!.RuntimeEnabled);
        rollout.FlagsAreWritten = true;
        rollout.After(TimeSpan.FromSeconds(5), () => null);
        Assert.Null(rollout.After(TimeSpan.FromSeconds(5), () => null).Flag);
    }

    [Fact]
    public void Who_switches_on_what_was_rolled_back_is_respected_but_the_rollout_stays_ended()
    {
        var rollout = Confirmed();
        rollout.After(Day, () => rollout.Bad(GuardKind.Failure, new(9, 9)));
        rollout.Reconcile(rollout.Good());
        var entries = rollout.Log.Count;
        rollout.Flag = rollout.Flag! with { RuntimeEnabled = true };
        Assert.Null(rollout.Reconcile(rollout.Good()).Flag);
        Assert.Equal((RolloutState.RolledBack, "failure", entries + 1), (rollout.Status.State, rollout.Status.Reason, rollout.Log.Count));
    }

    [Fact]
    public void A_plan_that_is_edited_holds_until_it_is_resumed()
    {
        var rollout = Confirmed();
        rollout.Plan = rollout.Plan with { Alpha = 0.01, Steps = [.. rollout.Plan.Steps.Take(3)] };
        rollout.After(Day, () => rollout.Good());
        Assert.Equal((0, Verdict.Error), (rollout.Status.Step, rollout.VerdictOf(Gate.Plan)));
        rollout.Take(RolloutOperations.Resume(rollout.Plan, rollout.Status, rollout.Good(), rollout.Flag, "operator", rollout.Now));
        rollout.After(Day, () => rollout.Good());
        Assert.Equal(1, rollout.Status.Step);
    }

    [Fact]
    public void A_plan_that_was_cut_off_behind_the_present_step_holds()
    {
        var rollout = Confirmed();
        rollout.MoveTo(2);
        rollout.Plan = rollout.Plan with { Steps = [.. rollout.Plan.Steps.Take(1)] };
        Assert.Equal(Verdict.Error, rollout.After(Day, () => rollout.Good()).Verdict);
        Assert.NotNull(RolloutOperations.Resume(rollout.Plan, rollout.Status, null, rollout.Flag, "operator", rollout.Now).Refusal);
    }

    [Fact]
    public void An_id_runs_once_and_a_rollback_cools_down()
    {
        var rollout = Confirmed();
        rollout.After(Day, () => rollout.Bad(GuardKind.Failure, new(9, 9)));
        OperationOutcome Start(string id, TimeSpan later, bool hasRun = false)
            => RolloutOperations.Start(rollout.Plan with { Id = id }, rollout.Status, _ => hasRun, rollout.Flag, "operator", rollout.Now + later);

        Assert.Contains("new id", Start("fast-mode-1", Day).Refusal, StringComparison.Ordinal);
        Assert.Contains("new id", Start("older", Day, hasRun: true).Refusal, StringComparison.Ordinal);
        Assert.Contains("cool down", Start("fast-mode-2", TimeSpan.FromMinutes(59)).Refusal, StringComparison.Ordinal);
        Assert.Equal(new FlagTarget(true, true, 5, "fast-mode-2"), Start("fast-mode-2", TimeSpan.FromHours(1)).Decision!.Flag);
    }

    [Fact]
    public void A_rollout_does_not_start_beside_another_or_with_faults()
    {
        var rollout = Confirmed();
        Assert.Contains("under way", Starting(rollout.Plan with { Id = "two" }).Refusal, StringComparison.Ordinal);
        Assert.Contains("alpha", Starting(rollout.Plan with { Alpha = 2 }).Refusal, StringComparison.Ordinal);
        OperationOutcome Starting(RolloutPlan plan) => RolloutOperations.Start(plan, rollout.Status, _ => false, rollout.Flag, "operator", rollout.Now);
    }

    [Fact]
    public void Pause_holds_and_resume_goes_on()
    {
        var rollout = Confirmed();
        rollout.Take(RolloutOperations.Pause(rollout.Plan, rollout.Status, "operator", rollout.Now));
        rollout.After(Day, () => rollout.Good());
        Assert.Equal(0, rollout.Status.Step);
        Assert.NotNull(RolloutOperations.Pause(rollout.Plan, rollout.Status, "operator", rollout.Now).Refusal);
        rollout.Take(RolloutOperations.Resume(rollout.Plan, rollout.Status, rollout.Good(), rollout.Flag, "operator", rollout.Now));
        rollout.After(Day, () => rollout.Good());
        Assert.Equal(1, rollout.Status.Step);
    }

    [Fact]
    public void Promote_skips_waiting_but_not_a_failing_gate()
    {
        var rollout = Confirmed();
        OperationOutcome Promote(bool bad) => RolloutOperations.Promote(
            rollout.Plan, rollout.Status, bad ? rollout.Bad(GuardKind.Failure, new(9, 9)) : rollout.Good(), rollout.Flag, "operator", rollout.Now);

        Assert.Contains("Failure", Promote(bad: true).Refusal, StringComparison.Ordinal);
        rollout.Take(Promote(bad: false));
        Assert.Equal((1, 20.0, "operator"), (rollout.Status.Step, rollout.Flag!.Percent, rollout.Log[^1].Record.Inputs.Actor));
    }

    [Theory]
    [InlineData(RollbackKind.Soft)]
    [InlineData(RollbackKind.Hard)]
    public void Abort_ends_it_for_good(RollbackKind kind)
    {
        var rollout = Confirmed();
        rollout.Take(RolloutOperations.Abort(rollout.Plan, rollout.Status, kind, rollout.Flag, "operator", rollout.Now));
        Assert.Equal((RolloutState.Aborted, kind == RollbackKind.Soft, false), (rollout.Status.State, rollout.Flag!.ContractEnabled, rollout.Flag.RuntimeEnabled));
        Assert.NotNull(RolloutOperations.Resume(rollout.Plan, rollout.Status, null, rollout.Flag, "operator", rollout.Now).Refusal);
        Assert.NotNull(RolloutOperations.Promote(rollout.Plan, rollout.Status, rollout.Good(), rollout.Flag, "operator", rollout.Now).Refusal);
        Assert.NotNull(RolloutOperations.Abort(rollout.Plan, rollout.Status, kind, rollout.Flag, "operator", rollout.Now).Refusal);
        Assert.Equal(Verdict.Inconclusive, rollout.After(Day, () => rollout.Good()).Verdict);
    }

    [Fact]
    public void Every_decision_about_a_person_replays()
    {
        var rollout = Confirmed();
        rollout.Flag = rollout.Flag! with { Percent = 80 };
        rollout.After(Day, () => rollout.Good());
        rollout.Take(RolloutOperations.Resume(rollout.Plan, rollout.Status, rollout.Good(), rollout.Flag, "operator", rollout.Now));
        rollout.Take(RolloutOperations.Pause(rollout.Plan, rollout.Status, "operator", rollout.Now));
        rollout.Take(RolloutOperations.Promote(rollout.Plan, rollout.Status, rollout.Good(), rollout.Flag, "operator", rollout.Now));
        rollout.Take(RolloutOperations.Abort(rollout.Plan, rollout.Status, RollbackKind.Hard, rollout.Flag, "operator", rollout.Now));
        var report = AuditReplay.Replay(rollout.Lines, AuditLog.HeadOf(rollout.Log[^1]));
        Assert.Null(report.Fault);
        Assert.Equal([AuditKind.Start, AuditKind.Reconcile, AuditKind.Resume, AuditKind.Pause, AuditKind.Promote, AuditKind.Abort], rollout.Log.Select(e => e.Record.Inputs.Kind));
    }

    /// <summary>A running rollout whose flags have been seen.</summary>
    private static Rollout Confirmed()
    {
        var rollout = new Rollout();
        rollout.Now += TimeSpan.FromSeconds(5);
        rollout.Reconcile(rollout.Good() with { Steps = [] });
        Assert.True(rollout.Status.FlagConfirmed);
        return rollout;
    }
}
