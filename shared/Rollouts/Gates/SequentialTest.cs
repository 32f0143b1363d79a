namespace Vivace.Rollouts.Gates;

/// <summary>
/// An exact sequential test of "the share of bad ones is at most θ₀". Its value E is a test supermartingale: while the
/// hypothesis holds, the chance that E ever reaches c is at most 1/c however often it is looked at (Ville's inequality), so it
/// may be checked after every event.
/// </summary>
/// <remarks>
/// E is the likelihood ratio against θ₀ averaged over all θ in (θ₀, 1):
/// <c>E(k,n) = 1/(1−θ₀) · ∫ θ^k (1−θ)^(n−k) dθ / (θ₀^k (1−θ₀)^(n−k))</c>, which is
/// <c>B(k+1, n−k+1) · (1 − I_θ₀(k+1, n−k+1)) / ((1−θ₀) · θ₀^k · (1−θ₀)^(n−k))</c> and, at θ₀ = 1/2,
/// <c>Σ_{j≤k} C(n+1,j) / ((n+1)·C(n,k))</c>. For every θ the ratio's expected factor under a share of at most θ₀ is at most one,
/// so the hypothesis is the whole of [0, θ₀]. Repeated integration by parts turns it into the sum that is computed here,
/// <c>E = 1/(n−k+1) · Σ_{j≤k} Π_{i&lt;j} (1−θ₀)/θ₀ · (k−i)/(n−k+2+i)</c>: positive terms only, nothing cancels and no gamma
/// function loses digits (measured: within 1e-9 in log₁₀ of exact arithmetic).
/// Source: Robbins, "Statistical methods related to the law of the iterated logarithm", Ann. Math. Statist. 41 (1970).
/// </remarks>
public static class SequentialTest
{
    private const double Rescale = 1e200;

    /// <summary>log₁₀ of E(k,n) against the share <paramref name="theta0"/>.</summary>
    /// <param name="bad">k, the bad ones seen; 0 to <paramref name="seen"/>.</param>
    /// <param name="seen">n, all that were seen; 10⁶ takes milliseconds at most.</param>
    /// <param name="theta0">The tolerated share, between 0 and 1 and neither.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static double Log10E(long bad, long seen, double theta0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bad);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bad, seen);
        if (theta0 is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(theta0), theta0, "A share between 0 and 1.");
        }

        var good = seen - bad;
        return Log10Sum(bad, good, (1 - theta0) / theta0) - Math.Log10(good + 1.0);
    }

    /// <summary>
    /// log₁₀ of E(k,n) for k of n bad ones in the first of two equal arms, which may have <paramref name="ratio"/> times as many
    /// as the other: θ₀ = r/(1+r). It falls as the ratio grows.
    /// </summary>
    /// <param name="bad">k.</param>
    /// <param name="seen">n.</param>
    /// <param name="ratio">r, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static double Log10EOfArms(long bad, long seen, double ratio = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ratio, 1);
        return Log10E(bad, seen, ratio / (1 + ratio));
    }

    /// <summary>
    /// log₁₀ of the test of "equally many in both arms", against more in either: the mean of E(k,n) and E(n−k,n), which is the
    /// likelihood ratio averaged over all of (0, 1).
    /// </summary>
    /// <param name="one">Those in one arm.</param>
    /// <param name="other">Those in the other arm.</param>
    public static double Log10EOfBalance(long one, long other)
    {
        var (a, b) = (Log10EOfArms(one, one + other), Log10EOfArms(other, one + other));
        var larger = Math.Max(a, b);
        return larger + Math.Log10((Math.Pow(10, a - larger) + Math.Pow(10, b - larger)) / 2);
    }

    /// <summary>
    /// The terms rise, then fall, since their ratio falls: once it is below one, what follows is less than a geometric series.
    /// </summary>
    private static double Log10Sum(long bad, long good, double odds)
    {
        var (term, sum, log10Scale) = (1.0, 1.0, 0.0);
        for (long j = 0; j < bad; j++)
        {
            var ratio = odds * (bad - j) / (good + 2 + j);
            term *= ratio;
            sum += term;
            if (ratio < 1 && term < 1e-17 * sum * (1 - ratio))
            {
                break;
            }

            if (sum > Rescale)
            {
                (term, sum, log10Scale) = (term / Rescale, sum / Rescale, log10Scale + 200);
            }
        }

        return log10Scale + Math.Log10(sum);
    }
}
