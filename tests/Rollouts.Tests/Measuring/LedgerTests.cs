using System.Globalization;
using System.Text.Json;
using CsCheck;
using Vivace.Contracts.Processing;
using Vivace.Rollouts.Auditing;
using Vivace.Rollouts.Measuring;
using Vivace.Rollouts.Plans;

namespace Vivace.Rollouts.Tests.Measuring;

public class LedgerTests
{
    private static readonly RolloutPlan Plan = RolloutPlan.Default with { Settling = TimeSpan.FromSeconds(5) };

    [Fact]
    public void Row_by_row_in_any_order_it_counts_what_all_rows_count_to()
        => Gen.Select(UnitRows.Records.Array[0, 60], Gen.Int[0, 40].Array[60], Gen.Int).Sample((rows, watermarks, seed) =>
        {
            var ledger = new RolloutLedger(Plan);
            foreach (var (row, watermark) in rows.Zip(watermarks))
            {
                // Watermarks that go back and forth, and pairs that settle before earlier units are reported.
                ledger.Apply(row);
                ledger.Measure(UnitRows.Start.AddSeconds(watermark), UnitRows.Start.AddSeconds(watermark));
            }

            new Random(seed).Shuffle(rows);
            var merged = rows.Concat(rows).GroupBy(r => r.Unit).Select(g => g.Aggregate((a, b) => a.Merge(b)));
            var (until, now) = (UnitRows.Start.AddSeconds(20), UnitRows.Start.AddSeconds(60));
            Assert.Equal(Json(Oracle.Measure(merged.ToList(), Plan, until, now)), Json(ledger.Measure(until, now)));
        });

    [Fact]
    public void Instances_add_up_and_a_repeated_row_does_not()
    {
        var ledger = new RolloutLedger(Plan);
        foreach (var row in new InstanceRecord[] { new("a", new(1, 0, 0, 0), 2), new("b", new(0, 0, 2, 1), 3), new("a", new(1, 1, 0, 0), 2) })
        {
            ledger.Apply(row);
        }

        var measured = ledger.Measure(null, UnitRows.Start);
        Assert.Equal(new MismatchCounts(1, 1, 2, 1), measured.Mismatches);
        Assert.Equal(5, measured.JudgedByAnother);
    }

    [Fact]
    public void A_score_of_another_judge_is_left_out()
    {
        var quality = new QualityPlan { Judge = new PinnedJudge("judge", 2) };
        var turn = new TurnObservation { Unit = "u", Arm = RolloutArm.Fast, Percent = 5, At = UnitRows.Start, AskedFast = true, Score = 10, Judge = new("judge", 1) };
        Assert.True(turn.IsJudgedByAnother(quality));
        Assert.Null(turn.ToRecord(quality).LowQuality);
        Assert.NotNull((turn with { Judge = new("judge", 2) }).ToRecord(quality).LowQuality);
    }

    [Fact]
    public void A_million_units_are_counted_in_seconds()
    {
        var rows = Enumerable.Range(0, 1_000_000).Select(i => new TurnObservation
        {
            Unit = i.ToString(CultureInfo.InvariantCulture),
            Arm = i % 2 == 0 ? RolloutArm.Fast : RolloutArm.Control,
            Percent = 50,
            At = UnitRows.Start.AddMilliseconds(i),
            AskedFast = true,
            FirstChunk = i % 2 == 0 ? 0.3 : 2,
            Failed = i % 100 == 0,
        }.ToRecord(Plan.Quality));
        var measured = Measurements.From(rows, [], Plan, null, UnitRows.Start.AddDays(1));
        Assert.Equal(new ArmCounts(500_000, 500_000), measured.Units);
        Assert.Equal(new Count(500_000, 500_000), measured.Pairs);
        Assert.Equal(new Count(10_000, 10_000), measured.Of(GuardKind.Failure).Compared);
    }

    private static string Json(Measurements measurements) => JsonSerializer.Serialize(measurements, RolloutsJson.Default.Measurements);
}
