namespace Vivace.Rollouts.Simulating;

/// <summary>Nearest-rank quantiles; null where there was nothing.</summary>
public sealed record Quantiles(double P10, double Median, double P90, double Maximum)
{
    internal static Quantiles? Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        double At(double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
        return sorted.Length == 0 ? null : new Quantiles(At(0.1), At(0.5), At(0.9), sorted[^1]);
    }
}
