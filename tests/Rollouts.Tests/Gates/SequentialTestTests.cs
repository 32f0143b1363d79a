using CsCheck;
using Vivace.Rollouts.Gates;

namespace Vivace.Rollouts.Tests.Gates;

public class SequentialTestTests
{
    [Fact]
    public void It_equals_the_recorded_values_of_two_arms_to_nine_digits()
    {
        var rows = FixtureRows.Of("e-process.tsv").ToList();
        Assert.True(rows.Count > 200);
        Assert.All(rows, row => Assert.Equal(
            FixtureRows.Number(row[3]),
            SequentialTest.Log10EOfArms(FixtureRows.Count(row[1]), FixtureRows.Count(row[2]), FixtureRows.Fraction(row[0])),
            1e-9));
    }

    [Fact]
    public void It_equals_the_recorded_values_of_the_latency_guard_to_nine_digits()
    {
        var rows = FixtureRows.Of("latency-guard.tsv").ToList();
        Assert.True(rows.Count > 30);
        Assert.All(rows, row => Assert.Equal(
            FixtureRows.Number(row[2]),
            SequentialTest.Log10E(FixtureRows.Count(row[0]), FixtureRows.Count(row[1]), 0.05),
            1e-9));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(5, 9)]
    [InlineData(3, 5)]
    [InlineData(2, 3)]
    [InlineData(1, 20)]
    [InlineData(27, 1000)]
    [InlineData(49, 50)]
    public void It_equals_exact_enumeration_up_to_twenty(int p, int q)
    {
        for (var n = 0; n <= 20; n++)
        {
            for (var k = 0; k <= n; k++)
            {
                Assert.Equal(ExactE.Log10(k, n, p, q), SequentialTest.Log10E(k, n, (double)p / q), 1e-9);
            }
        }
    }

    [Fact]
    public void For_equal_arms_it_is_the_sum_of_binomials()
    {
        for (var n = 0; n <= 20; n++)
        {
            for (var k = 0; k <= n; k++)
            {
                Assert.Equal(ExactE.Log10OfEqualArms(k, n), SequentialTest.Log10EOfArms(k, n), 1e-9);
            }
        }
    }

    /// <summary>Closed forms: E(0,n) = 1/(n+1); E(n,n) = (θ₀^−n − θ₀) / ((n+1)(1−θ₀)); and at k = n/2, 1/2 · 2^(n+1) / ((n+1)·C(n,k)).</summary>
    [Fact]
    public void A_million_neither_overflows_nor_loses_digits()
    {
        const int N = 1_000_000;
        Assert.Equal(-Math.Log10(N + 1), SequentialTest.Log10EOfArms(0, N), 1e-9);
        Assert.Equal((N * Math.Log10(2)) - Math.Log10((N + 1) * 0.5), SequentialTest.Log10EOfArms(N, N), 1e-6);
        Assert.Equal((N * Math.Log10(20)) - Math.Log10((N + 1) * 0.95), SequentialTest.Log10E(N, N, 0.05), 1e-6);

        // C(n, n/2) = 4^h/√(πh) · (1 − 1/(8h) + 1/(128h²) − …), and the sum of the lower half is 2^n + C(n+1,h)/… by symmetry.
        const double H = N / 2.0;
        var center = -0.5 * Math.Log10(Math.PI * H) + Math.Log10(1 - (1 / (8 * H)) + (1 / (128 * H * H)));
        var half = -Math.Log10(N + 1) - center;
        Assert.Equal(half, SequentialTest.Log10EOfArms(N / 2, N), 1e-9);
    }

    /// <summary>So that no tolerance, however it was estimated, makes a wrong rollback likelier.</summary>
    [Fact]
    public void It_falls_as_more_is_tolerated()
        => Gen.Select(Gen.Int[0, 300], Gen.Int[0, 300], Gen.Double[1, 5], Gen.Double[0, 5]).Sample((k, good, ratio, more)
            => SequentialTest.Log10EOfArms(k, k + good, ratio + more) <= SequentialTest.Log10EOfArms(k, k + good, ratio) + 1e-12);

    /// <summary>The chance of ever reaching 1/α while both arms are alike, over every path of 400 bad units.</summary>
    [Theory]
    [InlineData(0.05)]
    [InlineData(0.01)]
    public void Alike_arms_reach_one_over_alpha_no_oftener_than_alpha(double alpha)
    {
        var chance = new double[401];
        (chance[0], var reached) = (1, 0.0);
        for (var n = 1; n <= 400; n++)
        {
            for (var k = n; k >= 0; k--)
            {
                chance[k] = (chance[k] / 2) + (k > 0 ? chance[k - 1] / 2 : 0);
                if (chance[k] > 0 && SequentialTest.Log10EOfArms(k, n) >= -Math.Log10(alpha))
                {
                    (reached, chance[k]) = (reached + chance[k], 0);
                }
            }
        }

        Assert.InRange(reached, alpha / 10, alpha);
    }

    [Theory]
    [InlineData(20, 7)]
    [InlineData(80, 9)]
    [InlineData(100, 9)]
    public void With_everything_failing_it_needs_so_many_units(double threshold, int units)
    {
        Assert.True(SequentialTest.Log10EOfArms(units, units) >= Math.Log10(threshold));
        Assert.True(SequentialTest.Log10EOfArms(units - 1, units - 1) < Math.Log10(threshold));
    }

    [Theory]
    [InlineData(-1, 5, 0.5)]
    [InlineData(6, 5, 0.5)]
    [InlineData(1, 5, 0)]
    [InlineData(1, 5, 1)]
    [InlineData(1, 5, double.NaN)]
    public void Impossible_arguments_are_refused(long bad, long seen, double theta0)
        => Assert.Throws<ArgumentOutOfRangeException>(() => SequentialTest.Log10E(bad, seen, theta0));
}
