using Vivace.Rollouts.Gates;

namespace Vivace.Rollouts.Tests.Gates;

public class ShareBoundTests
{
    [Theory]
    [InlineData(0.01, 0.05)]
    [InlineData(0.1, 0.05)]
    [InlineData(0.3, 0.01)]
    public void It_is_ever_below_the_true_share_no_oftener_than_alpha(double share, double alpha)
    {
        // The bound is below the share exactly when the test against it has reached 1/α, so the walk needs no bisection. The chance
        // of that at any of 3,000 looks is computed exactly, over the number of bad ones.
        var chance = new double[3001];
        chance[0] = 1;
        var missed = 0.0;
        for (var n = 1; n <= 3000; n++)
        {
            for (var k = Math.Min(n, 3000); k >= 0; k--)
            {
                chance[k] = (chance[k] * (1 - share)) + (k > 0 ? chance[k - 1] * share : 0);
                if (chance[k] > 0 && k <= n * share && SequentialTest.Log10E(n - k, n, 1 - share) >= -Math.Log10(alpha))
                {
                    missed += chance[k];
                    chance[k] = 0;
                }
            }
        }

        Assert.InRange(missed, alpha / 20, alpha);
    }

    [Theory]
    [InlineData(0, 25)]
    [InlineData(3, 100)]
    [InlineData(10, 1000)]
    [InlineData(999, 1000)]
    [InlineData(0, 1_000_000)]
    public void It_is_where_the_test_reaches_one_over_alpha(long bad, long seen)
    {
        const double Alpha = 1 / 600.0;
        var bound = ShareBound.Upper(bad, seen, Alpha);
        Assert.InRange(bound, (double)bad / seen, 1);
        Assert.True(SequentialTest.Log10E(seen - bad, seen, 1 - bound) >= -Math.Log10(Alpha));
        Assert.True(bound - 1e-9 < (double)bad / seen || SequentialTest.Log10E(seen - bad, seen, 1 - bound + 1e-9) < -Math.Log10(Alpha));
    }

    [Fact]
    public void Nothing_seen_bounds_nothing() => Assert.Equal(1, ShareBound.Upper(0, 0, 0.01));
}
