using System.Text.Json;
using CsCheck;
using Vivace.Contracts.Processing;
using Vivace.Rollouts.Auditing;
using Vivace.Rollouts.Measuring;
using Vivace.Rollouts.Plans;

namespace Vivace.Rollouts.Tests.Measuring;

public class MergeTests
{
    [Fact]
    public void Rows_of_a_unit_merge_in_any_order()
        => Gen.Select(UnitRows.OfOneUnit, UnitRows.OfOneUnit).Sample((a, b) => Assert.Equal(a.Merge(b), b.Merge(a)));

    [Fact]
    public void Rows_of_a_unit_merge_in_any_grouping()
        => Gen.Select(UnitRows.OfOneUnit, UnitRows.OfOneUnit, UnitRows.OfOneUnit)
            .Sample((a, b, c) => Assert.Equal(a.Merge(b).Merge(c), a.Merge(b.Merge(c))));

    [Fact]
    public void A_row_that_is_merged_again_changes_nothing()
        => Gen.Select(UnitRows.OfOneUnit, UnitRows.OfOneUnit).Sample((a, b) =>
        {
            Assert.Equal(a, a.Merge(a));
            Assert.Equal(a.Merge(b), a.Merge(b).Merge(b));
        });

    [Fact]
    public void Rows_of_an_instance_merge_in_any_order_and_any_number_of_times()
    {
        var rows = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 3])
            .Select((mode, room, path, other) => new InstanceRecord("one", new MismatchCounts(mode, room, path, 1), other));
        Gen.Select(rows, rows, rows).Sample((a, b, c) =>
        {
            Assert.Equal(a.Merge(b), b.Merge(a));
            Assert.Equal(a.Merge(b).Merge(c), a.Merge(b.Merge(c)));
            Assert.Equal(a.Merge(b), a.Merge(b).Merge(b).Merge(a));
        });
    }

    [Fact]
    public void A_row_that_is_stored_and_read_is_the_same() => UnitRows.OfOneUnit.Sample(row => Assert.Equal(
        row, JsonSerializer.Deserialize(JsonSerializer.Serialize(row, RolloutsJson.Default.UnitRecord), RolloutsJson.Default.UnitRecord)));

    [Fact]
    public void Rows_of_different_units_are_not_merged()
    {
        var row = new UnitRecord { Unit = "one" };
        Assert.Throws<ArgumentException>(() => row.Merge(row with { Unit = "two" }));
    }

    [Fact]
    public void The_earliest_bad_event_is_kept_whichever_comes_first()
    {
        var turn = new TurnObservation { Unit = "one", Arm = RolloutArm.Control, Percent = 50, At = UnitRows.Start, AskedFast = true, Failed = true };
        var (early, late) = (turn.ToRecord(new QualityPlan()), (turn with { At = turn.At.AddSeconds(9) }).ToRecord(new QualityPlan()));
        Assert.Equal(new BadEvent(UnitRows.Start, RolloutArm.Control), late.Merge(early).Failed);
        Assert.Equal(UnitRows.Start, Assert.Single(late.Merge(early).Turns).At);
    }

    [Fact]
    public void A_failure_before_a_unit_asked_for_fast_does_not_hide_one_that_counts()
    {
        var plan = new QualityPlan();
        TurnObservation At(int second, bool asked, bool failed) => new()
        {
            Unit = "one", Arm = RolloutArm.Fast, Percent = 50, At = UnitRows.Start.AddSeconds(second), AskedFast = asked, Failed = failed,
        };
        UnitRecord[] rows = [At(0, asked: false, failed: true).ToRecord(plan), At(60, asked: true, failed: true).ToRecord(plan)];
        Assert.Equal(UnitRows.Start.AddSeconds(60), UnitRecord.MergeFromFirst(rows)!.Failed?.At);
        Assert.Equal(UnitRecord.MergeFromFirst(rows), UnitRecord.MergeFromFirst([rows[1], rows[0]]));
        Assert.Null(UnitRecord.MergeFromFirst([rows[0]]));
    }
}
