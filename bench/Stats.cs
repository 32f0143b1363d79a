namespace Vivace.Bench;

/// <summary>Order statistics of a few thousand samples.</summary>
internal static class Stats
{
    public static double Median(IEnumerable<double> samples) => Percentile(samples, 0.5);

    /// <summary>By linear interpolation between the two nearest ranks.</summary>
    public static double Percentile(IEnumerable<double> samples, double p)
    {
        double[] sorted = [.. samples.Order()];
        if (sorted.Length == 0)
        {
            throw new ArgumentException("There are no samples.", nameof(samples));
        }

        var at = p * (sorted.Length - 1);
        var low = (int)at;
        var high = Math.Min(low + 1, sorted.Length - 1);
        return sorted[low] + ((sorted[high] - sorted[low]) * (at - low));
    }

    /// <summary>The median of the ratios of rounds that ran next to each other.</summary>
    public static double MedianRatio(IReadOnlyList<double> these, IReadOnlyList<double> those)
        => Median(these.Zip(those, (a, b) => a / b));
}
