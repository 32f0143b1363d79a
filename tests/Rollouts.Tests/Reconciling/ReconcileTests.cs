using Vivace.Rollouts.Gates;
using Vivace.Rollouts.Measuring;
using Vivace.Rollouts.Plans;
using Vivace.Rollouts.Reconciling;

namespace Vivace.Rollouts.Tests.Reconciling;

public class ReconcileTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public void A_good_rollout_goes_through_every_step_and_completes()
    {
        var rollout = new Rollout();
        foreach (var (index, step) in rollout.Plan.Steps.Index())
        {
            Assert.Equal((index, (double)step.Percent, RolloutState.Running), (rollout.Status.Step, rollout.Status.Percent, rollout.Status.State));
            Assert.Equal(step.Percent, rollout.Flag!.Percent);
            Assert.Null(rollout.After(step.MinimumTime - TimeSpan.FromSeconds(1), () => rollout.Good()).Flag);
            Assert.Equal(index, rollout.Status.Step);
            rollout.After(TimeSpan.FromSeconds(1), () => rollout.Good());
        }

        Assert.Equal(RolloutState.Completed, rollout.Status.State);
        Assert.Equal(100, rollout.Flag!.Percent);
    }

    public static TheoryData<string, Verdict, Gate> Cases => new()
    {
        { "good", Verdict.Pass, Gate.Mismatch },
        { "a mismatch", Verdict.Fail, Gate.Mismatch },
        { "nine failed units of nine", Verdict.Fail, Gate.Failure },
        { "eight failed units of eight", Verdict.Pass, Gate.Failure },
        { "nine unsafe units of nine", Verdict.Fail, Gate.Unsafe },
        { "seventeen low-quality units of seventeen", Verdict.Fail, Gate.LowQuality },
        { "slow first chunks", Verdict.Fail, Gate.Latency },
        { "no first chunks", Verdict.Inconclusive, Gate.Latency },
        { "no units", Verdict.Inconclusive, Gate.Failure },
        { "no speed", Verdict.Inconclusive, Gate.Speed },
        { "six fast pairs", Verdict.Inconclusive, Gate.Speed },
        { "seven fast pairs", Verdict.Pass, Gate.Speed },
        { "few units", Verdict.Inconclusive, Gate.Units },
        { "few control units", Verdict.Inconclusive, Gate.Units },
        { "uneven arms", Verdict.Error, Gate.SampleRatio },
        { "no quality", Verdict.Inconclusive, Gate.LowQuality },
        { "late quality", Verdict.Error, Gate.LowQuality },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_gate_says_what_it_found_and_only_passing_moves_on(string found, Verdict verdict, Gate gate)
    {
        var rollout = new Rollout();
        var decision = rollout.After(Day, () => Measured(rollout, found));
        Assert.Equal(verdict, rollout.VerdictOf(gate));
        Assert.Equal(verdict == Verdict.Pass ? 1 : 0, rollout.Status.Step);
        Assert.Equal(verdict, decision.Verdict);
        Assert.Equal(verdict == Verdict.Fail ? RolloutState.RolledBack : RolloutState.Running, rollout.Status.State);
        Assert.Equal(verdict != Verdict.Fail, rollout.Flag!.RuntimeEnabled);
        Assert.All(decision.Gates.Where(g => g.Log10E is not null), g => Assert.True(g is { Count: not null, Theta0: not null, Log10Threshold: not null }));
    }

    [Theory]
    [InlineData(Gate.FailureAboveHalf, 40, Verdict.Pass)]
    [InlineData(Gate.FailureAboveHalf, 200, Verdict.Fail)]
    [InlineData(Gate.LowQualityAboveHalf, 90, Verdict.Pass)]
    [InlineData(Gate.LowQualityAboveHalf, 200, Verdict.Fail)]
    [InlineData(Gate.UnsafeAboveHalf, 0, Verdict.Pass)]
    [InlineData(Gate.UnsafeAboveHalf, 200, Verdict.Fail)]
    public void Above_half_the_fast_arm_is_judged_against_the_rates_that_were_frozen(Gate gate, int bad, Verdict verdict)
    {
        var rollout = new Rollout();
        rollout.MoveTo(3);
        var frozen = rollout.Status.Frozen!.Of(GuardKind.Failure)!;
        Assert.Equal(new Count(10, 1000), frozen.ControlFirst);
        Assert.InRange(frozen.Bound!.Value, 0.02, 0.03);
        var kind = (GuardKind)(gate - Gate.FailureAboveHalf);
        rollout.After(TimeSpan.FromSeconds(5), () => rollout.Good() with
        {
            Guards = [.. rollout.Good().Guards.Select(g => g.Kind == kind ? g with { AboveHalf = new(bad, 1000), ControlFirst = new(999, 1000) } : g)],
        });
        Assert.Equal(verdict, rollout.VerdictOf(gate));
        Assert.Equal(frozen.Bound, rollout.Status.Frozen!.Of(GuardKind.Failure)!.Bound);
        Assert.Equal(verdict == Verdict.Fail, rollout.Status.State == RolloutState.RolledBack);
    }

    [Fact]
    public void Without_a_measured_control_arm_nothing_passes_above_half()
    {
        var rollout = new Rollout();
        rollout.MoveTo(2);
        rollout.After(2 * Day, () => rollout.Good() with { Guards = [.. rollout.Good().Guards.Select(g => g with { ControlFirst = default })] });
        Assert.Equal(3, rollout.Status.Step);
        rollout.After(2 * Day, () => rollout.Good());
        Assert.Equal(Verdict.Inconclusive, rollout.VerdictOf(Gate.FailureAboveHalf));
        Assert.Equal(3, rollout.Status.Step);
    }

    [Fact]
    public void A_step_tolerates_what_the_delta_allows_of_the_control_share_before_it()
    {
        var rollout = new Rollout();
        Assert.Null(rollout.Status.Frozen);
        rollout.MoveTo(1);
        var quality = rollout.Status.Frozen!.Of(GuardKind.LowQuality)!;
        Assert.Equal(new Count(10, 1000), quality.Control);
        Assert.Equal(2, quality.Ratio);
        Assert.Equal(1, rollout.Status.Frozen.Of(GuardKind.Failure)!.Ratio);
        rollout.Reconcile(rollout.Bad(GuardKind.LowQuality, new(600, 1000)));
        Assert.Equal(Verdict.Pass, rollout.VerdictOf(Gate.LowQuality));
        rollout.Reconcile(rollout.Bad(GuardKind.LowQuality, new(800, 1000)));
        Assert.Equal(Verdict.Fail, rollout.VerdictOf(Gate.LowQuality));
    }

    [Fact]
    public void A_failing_gate_wins_over_whatever_holds_and_a_mismatch_over_all()
    {
        var (failing, all) = (new Rollout(), new Rollout());
        failing.Flag = null;
        failing.After(Day, () => Measured(failing, "nine failed units of nine") with { JudgedUntil = null, Units = new(1000, 10) });
        Assert.Equal((RolloutState.RolledBack, "failure"), (failing.Status.State, failing.Status.Reason));
        all.After(Day, () => Measured(all, "nine failed units of nine") with { Mismatches = new(0, 1, 0, 0) });
        Assert.Equal((RolloutState.RolledBack, "mismatch"), (all.Status.State, all.Status.Reason));
    }

    [Theory]
    [InlineData(RollbackKind.Soft, true)]
    [InlineData(RollbackKind.Hard, false)]
    public void A_soft_rollback_leaves_the_contract_on_and_a_hard_one_does_not(RollbackKind kind, bool contract)
    {
        var rollout = new Rollout(RolloutPlan.Default with { Rollback = kind });
        rollout.After(Day, () => Measured(rollout, "a mismatch"));
        Assert.Equal(new FlagTarget(contract, false, 5, "fast-mode-1"), rollout.Last.Flag);
    }

    [Fact]
    public void What_cannot_be_measured_holds()
    {
        var rollout = new Rollout();
        var decision = rollout.After(Day, () => null);
        Assert.Equal(Verdict.Error, decision.Verdict);
        Assert.Equal((RolloutState.Running, 0), (rollout.Status.State, rollout.Status.Step));
    }

    [Theory]
    [InlineData(RolloutState.Paused)]
    [InlineData(RolloutState.Completed)]
    public void A_rollout_that_stays_where_it_is_is_still_guarded(RolloutState state)
    {
        var rollout = new Rollout();
        rollout.Reconcile(rollout.Good());
        rollout.Status = rollout.Status with { State = state };
        rollout.After(30 * Day, () => rollout.Good());
        Assert.Equal((state, 0), (rollout.Status.State, rollout.Status.Step));
        rollout.After(Day, () => Measured(rollout, "nine failed units of nine"));
        Assert.Equal(RolloutState.RolledBack, rollout.Status.State);
    }

    [Fact]
    public void A_rollout_that_was_rolled_back_never_comes_back()
    {
        var rollout = new Rollout();
        rollout.After(Day, () => Measured(rollout, "a mismatch"));
        var entries = rollout.Log.Count;
        for (var i = 0; i < 100; i++)
        {
            Assert.Null(rollout.After(Day, () => rollout.Good()).Flag);
        }

        Assert.Equal(RolloutState.RolledBack, rollout.Status.State);
        Assert.Equal(entries, rollout.Log.Count);
    }

    [Fact]
    public void The_cohort_is_guarded_before_anything_is_compared()
    {
        var plan = RolloutPlan.Default with
        {
            Cohort = new(["team"], []),
            Steps = [new(0, TimeSpan.FromHours(1), 10), .. RolloutPlan.Default.Steps],
        };
        var (good, failing) = (new Rollout(plan), new Rollout(plan));
        good.After(Day, () => good.Good() with { Units = default, Pairs = default });
        Assert.Equal((1, 5.0), (good.Status.Step, good.Status.Percent));
        failing.After(Day, () => failing.Good() with { Units = default, Pairs = default, CohortFailures = new(5, 10) });
        Assert.Equal("cohort", failing.Status.Reason);
    }

    private static Measurements Measured(Rollout rollout, string found) => found switch
    {
        "good" => rollout.Good(),
        "a mismatch" => rollout.Good() with { Mismatches = new(1, 0, 0, 0) },
        "nine failed units of nine" => rollout.Bad(GuardKind.Failure, new(9, 9)),
        "eight failed units of eight" => rollout.Bad(GuardKind.Failure, new(8, 8)),
        "nine unsafe units of nine" => rollout.Bad(GuardKind.Unsafe, new(9, 9)),
        "seventeen low-quality units of seventeen" => rollout.Bad(GuardKind.LowQuality, new(17, 17)),
        "slow first chunks" => rollout.Good() with { Latency = new(120, 1000) },
        "no first chunks" => rollout.Good() with { Latency = default },
        "no units" => rollout.Good() with { Units = default },
        "no speed" => rollout.Good() with { Pairs = new(500, 1000) },
        "six fast pairs" => rollout.Good() with { Pairs = new(6, 6) },
        "seven fast pairs" => rollout.Good() with { Pairs = new(7, 7) },
        "few units" => rollout.Good() with { Steps = [new(5, 49, 1000)] },
        "few control units" => rollout.Good() with { Steps = [new(5, 1000, 49)] },
        "uneven arms" => rollout.Good() with { Units = new(1000, 1300) },
        "no quality" => rollout.Good() with { JudgedUntil = null },
        "late quality" => rollout.Good() with { JudgedUntil = rollout.Now.AddMinutes(-31) },
        _ => throw new ArgumentOutOfRangeException(nameof(found), found, "Unknown case."),
    };
}
