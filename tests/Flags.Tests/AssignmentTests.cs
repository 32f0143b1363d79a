using System.Globalization;
using Vivace.Contracts.Processing;
using Vivace.Rollouts.Flags;

namespace Vivace.Flags.Tests;

/// <summary>Who is put where: as Microsoft's library decides, for good, and in the right share.</summary>
public sealed class AssignmentTests
{
    private static readonly double[] Fixed = [5, 25, 50, 80];

    /// <summary>Every step at which an arm could lose somebody: growing, beside each other, and control shrinking.</summary>
    private static readonly double[] Rising = [0, 0.5, 1, 5, 10, 25, 49.9, 50, 50.1, 75, 99, 100];

    private static readonly int Owners = Release.Size(20_000, 1_000_000);

    [Fact]
    public void Every_recorded_decision_is_made_again()
    {
        var snapshots = new Dictionary<string, FlagSnapshot[]>();
        var compared = 0;
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Fixtures", "percentile-allocation.tsv")).Skip(1))
        {
            var cells = line.Split('\t');
            Assert.Equal(double.Parse(cells[2], CultureInfo.InvariantCulture), Bucket.Of(cells[0], cells[1]), 1e-8);
            if (!snapshots.TryGetValue(cells[1], out var steps))
            {
                snapshots[cells[1]] = steps = [.. Fixed.Select(p => Flag.At(p, cells[1]))];
            }

            for (var i = 0; i < Fixed.Length; i++, compared++)
            {
                var expected = cells[3 + i] switch { "fast" => RolloutArm.Fast, "control" => RolloutArm.Control, "off" => RolloutArm.None, _ => throw new FormatException(line) };
                Assert.Equal(expected, steps[i].ArmOf(cells[0]));
            }
        }

        Assert.Equal(4000, compared);
    }

    [Fact]
    public void While_the_percentage_rises_nobody_leaves_fast_and_up_to_half_nobody_switches_arm()
    {
        var snapshots = Rising.Select(p => Flag.At(p, "rising")).ToArray();
        var left = 0;
        var switched = 0;
        Parallel.For(0, Owners, owner =>
        {
            var before = RolloutArm.None;
            for (var i = 0; i < Rising.Length; i++)
            {
                var now = snapshots[i].ArmOf($"key:web/user-{owner}");
                if (before == RolloutArm.Fast && now != RolloutArm.Fast)
                {
                    Interlocked.Increment(ref left);
                }

                if (Rising[i] <= 50 && before != RolloutArm.None && now != before)
                {
                    Interlocked.Increment(ref switched);
                }

                before = now;
            }
        });
        Assert.Equal((0, 0), (left, switched));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 5)]
    [InlineData(25, 25)]
    [InlineData(50, 50)]
    [InlineData(80, 20)]
    public void Each_arm_has_its_share(double percent, double control)
    {
        var flags = Flag.At(percent, "share");
        var (fast, compared) = (0, 0);
        var owners = Release.Size(400_000, 1_000_000);
        Parallel.For(0, owners, owner =>
        {
            switch (flags.ArmOf($"key:web/user-{owner}"))
            {
                case RolloutArm.Fast:
                    Interlocked.Increment(ref fast);
                    break;
                case RolloutArm.Control:
                    Interlocked.Increment(ref compared);
                    break;
            }
        });
        Assert.InRange(100.0 * fast / owners, percent - 0.2, percent + 0.2);
        Assert.InRange(100.0 * compared / owners, control - 0.2, control + 0.2);
    }

    [Fact]
    public void The_library_buckets_by_the_published_formula()
    {
        var flags = Flag.At(30, "formula");
        var wrong = 0;
        Parallel.For(0, 100_000, i =>
        {
            var unit = $"unit-{i}";
            var bucket = Bucket.Of(unit, "formula");
            var expected = bucket < 30 ? RolloutArm.Fast : bucket >= 70 ? RolloutArm.Control : RolloutArm.None;
            if (flags.ArmOf(unit) != expected)
            {
                Interlocked.Increment(ref wrong);
            }
        });
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void Another_rollout_id_draws_anew()
    {
        var (one, other) = (Flag.At(50, "rollout-1"), Flag.At(50, "rollout-2"));
        var same = Enumerable.Range(0, 10_000).Count(i => one.ArmOf($"u{i}") == other.ArmOf($"u{i}"));
        Assert.InRange(same, 4_800, 5_200);
    }
}
