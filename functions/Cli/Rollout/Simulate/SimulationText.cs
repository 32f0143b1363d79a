using System.Globalization;
using Vivace.Cli.Output;
using Vivace.Rollouts.Simulating;

namespace Vivace.Cli.Rollout.Simulate;

/// <summary>A simulation as tables for people.</summary>
internal static class SimulationText
{
    public static IEnumerable<string> Lines(SimulateOutput output) => output.Arms.Index().SelectMany(a => Lines(output, a.Item).Prepend("").Skip(a.Index == 0 ? 1 : 0));

    private static IEnumerable<string> Lines(SimulateOutput output, SimulatedArms arms)
    {
        var (report, what) = (arms.Report, arms.AreAlike ? "False rollback" : "Rollback");
        yield return $"{(arms.AreAlike ? "A/A, the arms fail alike" : "As given")}: {Arm("fast", arms.Fast)}; {Arm("control", arms.Control)}";
        yield return $"{Count(report.Runs)} rollouts of {output.Plan}, seed {report.Seed}: {Count(report.AllRolledBack)} rolled back, "
            + $"{Count(report.Completed)} completed, {Count(report.Unfinished)} unfinished{Held(arms.HeldAt)}";
        var chance = $"{what}: {Share(report.AllRolledBack, report.Runs)}";
        yield return arms.AreAlike ? $"{chance}; the plan allows {Percent(output.Alpha)}" : chance;
        yield return "";
        foreach (var line in report.RolledBack.Count == 0 ? [] : TextTable.Lines(
            ["GATE", "ROLLED BACK", "CHANCE (95 %)"],
            [.. report.RolledBack.Select(g => new[] { g.Key, Count(g.Value), Share(g.Value, report.Runs) })]).Append(""))
        {
            yield return line;
        }

        foreach (var line in TextTable.Lines(["", "P10", "MEDIAN", "P90", "MOST"],
        [
            Row("time to detect", report.SecondsToRollBack, Time),
            Row("units an arm then", report.UnitsPerArmAtRollBack, units => units.ToString("0.#", CultureInfo.InvariantCulture)),
            Row("time to 100 %", arms.SecondsToAll, Time),
            Row("time to complete", report.SecondsToComplete, Time),
        ]))
        {
            yield return line;
        }
    }

    private static string Held(IReadOnlyDictionary<string, int> at)
        => at.Count == 0 ? "" : $" (held at {string.Join(", ", at.Select(h => $"{h.Key} %: {Count(h.Value)}"))})";

    private static string[] Row(string name, Quantiles? of, Func<double, string> text)
        => of is null ? [name, "-", "-", "-", "-"] : [name, text(of.P10), text(of.Median), text(of.P90), text(of.Maximum)];

    private static string Arm(string name, ArmBehaviour arm) => string.Create(
        CultureInfo.InvariantCulture,
        $"{name} fails {arm.Failure * 100:0.###} %, unsafe {arm.Unsafe * 100:0.###} %, low quality {arm.LowQuality * 100:0.###} %, first chunk {arm.FirstChunkMedian:0.###} s");

    /// <summary>A share with the interval that covers the true one 95 times of 100 (Wilson, "Probable inference", 1927).</summary>
    private static string Share(int hits, int runs)
    {
        const double z = 1.959964;
        var (p, n) = ((double)hits / runs, (double)runs);
        var middle = (p + (z * z / (2 * n))) / (1 + (z * z / n));
        var half = z / (1 + (z * z / n)) * Math.Sqrt((p * (1 - p) / n) + (z * z / (4 * n * n)));
        return $"{Percent(p)} ({Percent(Math.Max(0, middle - half))} to {Percent(Math.Min(1, middle + half))})";
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.##} %");

    private static string Time(double seconds) => RolloutText.Duration(TimeSpan.FromSeconds(seconds));

    private static string Count(int number) => number.ToString(CultureInfo.InvariantCulture);
}
