using Vivace.Rollouts.Plans;
using Vivace.Rollouts.Reconciling;

namespace Vivace.Rollouts.Tests.Reconciling;

/// <summary>Flags are written by any process, and may be late: what was decided last is what they say in the end.</summary>
public class LateWriteTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public void A_start_that_reaches_the_flags_after_the_abort_is_switched_off_again()
    {
        var rollout = new Rollout { FlagsAreWritten = false };
        var late = rollout.Status.Flag;
        rollout.Flag = new(false, false, false);
        rollout.Take(RolloutOperations.Abort(rollout.Plan, rollout.Status, RollbackKind.Soft, rollout.Flag, "operator", rollout.Now));
        rollout.FlagsAreWritten = true;
        rollout.After(Soon, () => null);
        Assert.Equal((RolloutState.Aborted, true), (rollout.Status.State, rollout.Status.FlagConfirmed));

        rollout.Flag = new(true, true, true, late.Percent, late.Seed);
        Assert.False(rollout.After(Soon, () => null).Flag!.RuntimeEnabled);
        rollout.After(Soon, () => null);
        Assert.Equal((false, true), (rollout.Flag!.RuntimeEnabled, rollout.Status.FlagConfirmed));
    }

    [Fact]
    public void Long_after_it_the_same_flags_are_a_person_s()
    {
        var rollout = new Rollout { FlagsAreWritten = false };
        var late = rollout.Status.Flag;
        rollout.Take(RolloutOperations.Abort(rollout.Plan, rollout.Status, RollbackKind.Soft, rollout.Flag, "operator", rollout.Now));
        rollout.FlagsAreWritten = true;
        rollout.After(Soon, () => null);
        rollout.After(Soon, () => null);
        Assert.True(rollout.Status.FlagConfirmed);
        rollout.Flag = new(true, true, true, late.Percent, late.Seed);
        Assert.Null(rollout.After(TimeSpan.FromMinutes(3), () => null).Flag);
    }

    [Theory]
    [InlineData(true, 10.0)]
    [InlineData(false, null)]
    public void A_rollback_is_written_whatever_was_done_to_the_flags_before_they_said_it(bool shape, double? percent)
    {
        var rollout = new Rollout();
        rollout.Reconcile(rollout.Good());
        rollout.FlagsAreWritten = false;
        rollout.Reconcile(rollout.Bad(GuardKind.Failure, new(9, 9)));
        rollout.Flag = rollout.Flag! with { IsRolloutShape = shape, Percent = percent };
        rollout.FlagsAreWritten = true;
        rollout.After(Soon, () => null);
        rollout.After(Soon, () => null);
        Assert.Equal((RolloutState.RolledBack, false, true), (rollout.Status.State, rollout.Flag!.RuntimeEnabled, rollout.Status.FlagConfirmed));
    }

    [Fact]
    public void An_abort_switches_no_contract_on_that_the_start_had_not_switched_on_yet()
    {
        var rollout = new Rollout { FlagsAreWritten = false };
        rollout.Flag = new(false, false, false);
        rollout.Take(RolloutOperations.Abort(rollout.Plan, rollout.Status, RollbackKind.Soft, rollout.Flag, "operator", rollout.Now));
        Assert.False(rollout.Status.Flag.ContractEnabled);
    }

    [Fact]
    public void While_the_flags_cannot_be_read_nothing_starts_and_nothing_resumes()
    {
        var rollout = new Rollout();
        Assert.Contains("cannot be read", RolloutOperations.Start(rollout.Plan with { Id = "two" }, null, _ => false, null, "operator", rollout.Now).Refusal, StringComparison.Ordinal);
        rollout.Take(RolloutOperations.Pause(rollout.Plan, rollout.Status, "operator", rollout.Now));
        Assert.Contains("cannot be read", RolloutOperations.Resume(rollout.Plan, rollout.Status, null, null, "operator", rollout.Now).Refusal, StringComparison.Ordinal);
    }
}
