using System.Globalization;

namespace Vivace.Rollouts.Tests.Gates;

/// <summary>The rows of a fixture of tab-separated values.</summary>
internal static class FixtureRows
{
    public static IEnumerable<string[]> Of(string file) => File
        .ReadLines(Path.Combine(AppContext.BaseDirectory, "Gates", "Fixtures", file))
        .Where(line => !line.StartsWith('#'))
        .Select(line => line.Split('\t'));

    public static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    public static long Count(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    public static double Fraction(string text) => text.Split('/') is [var numerator, var denominator]
        ? Number(numerator) / Number(denominator)
        : Number(text);
}
