using System.Globalization;

namespace Vivace.Bench.Reporting;

/// <summary>A goal and whether the run met it; only ever computed.</summary>
internal sealed record Goal(string Text, bool Met)
{
    public static Goal AtLeast(double value, double bound, string unit = "") => new($"≥ {Show(bound)}{unit}", value >= bound);

    public static Goal AtMost(double value, double bound, string unit = "") => new($"≤ {Show(bound)}{unit}", value <= bound);

    public Goal And(Goal other) => new($"{Text} and {other.Text}", Met && other.Met);

    private static string Show(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
