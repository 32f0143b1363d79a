namespace Vivace.Rollouts.Gates;

/// <summary>An upper bound of a share that holds at every time, also at one chosen by looking at the data.</summary>
public static class ShareBound
{
    /// <summary>
    /// The smallest share that the data speak against: the chance that it ever lies below the true share is at most
    /// <paramref name="alpha"/>. It is where <see cref="SequentialTest.Log10E"/> of the good ones, against one minus the share,
    /// reaches 1/α (a confidence sequence: Darling and Robbins, "Confidence sequences for mean, variance, and median", 1967).
    /// A bound for a fixed number of observations would not do, since a rollout moves on when its data look good.
    /// </summary>
    /// <param name="bad">Bad ones seen.</param>
    /// <param name="seen">All that were seen; with none the bound is 1.</param>
    /// <param name="alpha">Between 0 and 1.</param>
    /// <returns>A share in (0, 1], rounded up by less than 1e-12; never below <c>bad/seen</c>.</returns>
    public static double Upper(long bad, long seen, double alpha)
    {
        if (bad == seen)
        {
            return 1;
        }

        var needed = -Math.Log10(alpha);
        var (low, high) = ((double)bad / seen, 1.0);
        while (high - low > 1e-12)
        {
            var middle = (low + high) / 2;
            if (SequentialTest.Log10E(seen - bad, seen, 1 - middle) >= needed)
            {
                high = middle;
            }
            else
            {
                low = middle;
            }
        }

        return high;
    }
}
