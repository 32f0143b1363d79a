using Vivace.Cli.Drill;
using Vivace.Cli.Drill.Judging;
using Vivace.Contracts.Processing;
using Vivace.Rollouts.Plans;

namespace Vivace.Cli.Tests.Drill;

/// <summary>The judgement of a drill, on observations with times.</summary>
public sealed class DrillJudgeTests
{
    private static readonly Uri A = new("http://a/");
    private static readonly Uri B = new("http://b/");

    private static readonly DrillCriteria Soft = new(DrillFault.Error, RollbackKind.Soft, 3, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(1.5), [A, B]);

    /// <summary>Three failed units, the third at 3 s; detected at 4 s, written at 6 s, shown by A at 7 s and by B at 9 s.</summary>
    private static readonly DrillTurn[] Turns =
    [
        Failed(1, A, 1), Default(2, A, 1.5, FallbackReason.ControlArm), Failed(3, B, 2), Failed(4, A, 3), Failed(5, A, 5),
        Default(6, A, 7, FallbackReason.RuntimeFlagOff), Failed(7, B, 8), Default(8, B, 9, FallbackReason.RuntimeFlagOff),
    ];

    private static readonly DrillLook[] Looks =
    [
        new(A, S(1), false, null, true, true), new(B, S(4), true, "failure", true, true), new(A, S(6), true, "failure", true, false),
    ];

    [Fact]
    public void Detecting_writing_and_propagating_are_told_apart()
    {
        var report = DrillJudge.Judge(Soft, Turns, Looks);
        Assert.Empty(report.Faults);
        Assert.Equal((true, 8, 5, 5, 0), (report.Ok, report.Units, report.Fast, report.Bad, report.NotMeasured));
        Assert.Equal(4, report.UnitsUntilDecisive);
        Assert.Equal((1000, 2000, 3000), (report.DetectMs, report.WriteMs, report.PropagateMs));
        // B's last fast turn was sent at 7.9 s, and the deciding unit had ended at 3 s.
        Assert.Equal((4900.0, "failure"), (report.LastFastMs, report.Gate));
        Assert.Equal([(5, 3, 1900.0, 3900.0), (3, 2, 4900.0, 5900.0)], report.Endpoints.Select(e => (e.Units, e.Fast, e.LastFastMs!.Value, e.OffMs!.Value)));
    }

    [Theory]
    [InlineData(4.9, true)]
    [InlineData(4.8, false)]
    public void Every_endpoint_has_to_be_in_time(double within, bool lastFastInTime)
    {
        var faults = DrillJudge.Judge(Soft with { Within = S(within) }, Turns, Looks).Faults;
        Assert.Equal(!lastFastInTime, faults.Contains("http://b/ still admitted a fast turn 4.9 s after the deciding unit."));
        Assert.Contains("http://b/ showed the rollback 5.9 s after the deciding unit.", faults);
        Assert.Empty(DrillJudge.Judge(Soft with { Within = S(5.9) }, Turns, Looks).Faults);
    }

    [Fact]
    public void A_fast_turn_after_an_endpoint_has_shown_the_rollback_takes_that_back()
    {
        var report = DrillJudge.Judge(Soft, [.. Turns, Failed(9, B, 10)], Looks);
        Assert.Equal(["http://b/ never showed the rollback for good."], report.Faults);
        Assert.Equal((6900, null), (report.LastFastMs, report.PropagateMs));
    }

    [Fact]
    public void A_rollback_by_units_of_before_the_drill_is_measured_from_the_last_bad_one_before_it()
    {
        var report = DrillJudge.Judge(Soft with { Decisive = 9 }, Turns, Looks);
        Assert.Equal((true, 4, 1000), (report.Ok, report.UnitsUntilDecisive, report.DetectMs));
    }

    [Theory]
    [InlineData(0.95, true, 1, 0.0)]
    [InlineData(0.85, false, null, null)]
    public void A_rollback_that_is_seen_before_any_bad_answer_is_measured_from_the_first_that_was_on_its_way(double seen, bool ok, int? units, double? detect)
    {
        DrillLook[] looks = [new(B, S(seen), true, "failure", true, true), .. Looks[2..]];
        var report = DrillJudge.Judge(Soft, Turns, looks);
        Assert.Equal((ok, units, detect), (report.Ok, report.UnitsUntilDecisive, report.DetectMs));
    }

    [Fact]
    public void Without_the_fault_without_a_rollback_and_by_another_gate_it_is_not_ok()
    {
        DrillTurn[] good = [.. Turns.Select(t => t with { Failed = false })];
        Assert.StartsWith("Only 0 of 5 fast units, 8 in all, showed the fault; 3 were needed.", DrillJudge.Judge(Soft, good, []).Faults[0], StringComparison.Ordinal);
        Assert.Equal(["No rollback was seen."], DrillJudge.Judge(Soft, Turns, Looks[..1]).Faults);
        var mismatch = DrillJudge.Judge(Soft, Turns, [.. Looks.Select(l => l with { Reason = "mismatch" })]);
        Assert.Equal((false, "Gate \"mismatch\" rolled back, which is not the one of this fault."), (mismatch.Ok, mismatch.Faults[0]));
    }

    [Fact]
    public void A_rollback_that_goes_less_far_or_further_than_it_should_is_not_ok()
    {
        var soft = DrillJudge.Judge(Soft with { Rollback = RollbackKind.Hard }, Turns, Looks);
        Assert.Equal(["The flags were not seen as a hard rollback leaves them.", "http://a/ never showed the rollback for good.", "http://b/ never showed the rollback for good."], soft.Faults);
        var hard = DrillJudge.Judge(Soft, Turns, [.. Looks[..2], new(A, S(6), true, "failure", false, false)]);
        Assert.Equal(["The flags were not seen as a soft rollback leaves them."], hard.Faults);
    }

    [Fact]
    public void Late_turns_are_bad_by_the_servers_measure_and_only_where_they_are_fast()
    {
        var latency = Soft with { Fault = DrillFault.Latency, Decisive = 1 };
        DrillLook[] looks = [.. Looks.Select(l => l with { Reason = l.RolledBack ? "latency" : null })];
        DrillTurn[] turns = [Default(1, A, 1, FallbackReason.ControlArm, 3000), Fast(2, B, 2, 1500), Fast(3, A, 3, 1501), .. Turns[5..6], .. Turns[7..]];
        var report = DrillJudge.Judge(latency, turns, looks);
        Assert.Empty(report.Faults);
        Assert.Equal((1, 3), (report.Bad, report.UnitsUntilDecisive));
    }

    [Fact]
    public void What_the_server_did_not_answer_is_not_measured()
    {
        var report = DrillJudge.Judge(Soft, [.. Turns, new DrillTurn(9, A, S(9), S(10))], Looks);
        Assert.Equal((true, 1, 5), (report.Ok, report.NotMeasured, report.Fast));
    }

    [Theory]
    [InlineData(11, false)]
    [InlineData(11.1, true)]
    public void A_drill_goes_on_until_fast_has_been_off_everywhere_for_a_while(double now, bool enough)
        => Assert.Equal(enough, DrillEnd.IsReached(Soft, new DrillTimeline(Soft, Turns, Looks), S(now)));

    [Fact]
    public void A_drill_ends_at_its_limits()
    {
        bool Ended(DrillCriteria criteria, DrillTurn[] turns, DrillLook[] looks, double now) => DrillEnd.IsReached(criteria, new DrillTimeline(criteria, turns, looks), S(now));
        Assert.False(Ended(Soft, Turns, [], 20));
        Assert.True(Ended(Soft, Turns, [], 20.1));
        Assert.False(Ended(Soft with { MostUnits = 3 }, Turns[..2], [], 2));
        Assert.True(Ended(Soft with { MostUnits = 2 }, Turns[..2], [], 2));
        DrillTurn[] unaffected = [.. Enumerable.Range(1, 20).Select(i => Fast(i, A, i, 100))];
        Assert.False(Ended(Soft, unaffected[..19], [], 19));
        Assert.True(Ended(Soft, unaffected, [], 20));
    }

    [Fact]
    public void Nine_failed_units_decide_by_the_default_plan_and_two_late_ones()
    {
        Assert.Equal(9, DecisiveUnits.Of(RolloutPlan.Default, DrillFault.Error));
        Assert.Equal(2, DecisiveUnits.Of(RolloutPlan.Default, DrillFault.Latency));
        Assert.Null(DecisiveUnits.Of(RolloutPlan.Default with { Guards = [] }, DrillFault.Error));
    }

    private static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);

    private static DrillTurn Failed(int unit, Uri endpoint, double at) => Fast(unit, endpoint, at, 0) with { Failed = true };

    private static DrillTurn Fast(int unit, Uri endpoint, double at, double firstChunk)
        => new(unit, endpoint, S(at - 0.1), S(at)) { Report = Report(ProcessingMode.Fast, null, firstChunk) };

    private static DrillTurn Default(int unit, Uri endpoint, double at, FallbackReason reason, double firstChunk = 0)
        => new(unit, endpoint, S(at - 0.1), S(at)) { Report = Report(ProcessingMode.Default, reason, firstChunk) };

    private static ProcessingReport Report(ProcessingMode mode, FallbackReason? reason, double firstChunk) => new()
    {
        Requested = new RequestedProcessing(ProcessingMode.Fast),
        Effective = new EffectiveProcessing(mode, "p"),
        DecidedBy = DecidedBy.Message,
        Reason = reason,
        Arm = RolloutArm.Fast,
        FlagVersion = "v",
        Path = "local",
        Timings = new TurnTimings { TotalMs = firstChunk, FirstChunkMs = firstChunk, Stages = new Dictionary<string, double>() },
    };
}
