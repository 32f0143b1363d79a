using System.Globalization;
using System.Text;
using Vivace.Client.Rollouts;

namespace Vivace.Cli.Rollout;

/// <summary>What is said of a rollout in words.</summary>
internal static class RolloutText
{
    /// <summary>Where it stands, on one line.</summary>
    public static string Of(RolloutReport report) => report.Status is { } status
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{status.RolloutId}: {status.State}{Because(status.Reason)}, step {status.Step + 1}{Steps(report)}, {status.Percent:0.##} %")
        : "No rollout has been started.";

    /// <summary>A value by its logarithm: as a number while it is short, else as a power of ten.</summary>
    public static string Evidence(double log10) => log10 switch
    {
        < -3 or >= 6 => string.Create(CultureInfo.InvariantCulture, $"10^{log10:0.0}"),
        < 2 => Math.Pow(10, log10).ToString("0.###", CultureInfo.InvariantCulture),
        _ => Math.Pow(10, log10).ToString("0", CultureInfo.InvariantCulture),
    };

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A duration in its two largest units.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalDays: >= 1 } => $"{(int)time.TotalDays} d {time.Hours} h",
        { TotalHours: >= 1 } => $"{time.Hours} h {time.Minutes} min",
        { TotalMinutes: >= 1 } => $"{time.Minutes} min {time.Seconds} s",
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, time.TotalSeconds):0.#} s"),
    };

    /// <summary>A name as a line shows it: what comes from elsewhere must not steer a terminal.</summary>
    public static string Plain(string text) => text.Any(char.IsControl)
        ? text.Aggregate(new StringBuilder(), (plain, c) => plain.Append(char.IsControl(c) ? '?' : c)).ToString()
        : text;

    private static string Because(string? reason) => reason is null ? "" : $" ({Plain(reason)})";

    private static string Steps(RolloutReport report) => report.Plan is { } plan ? $" of {plan.Steps.Count}" : "";
}
