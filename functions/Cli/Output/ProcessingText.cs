using System.Globalization;
using System.Text.Json;
using Vivace.Contracts.Processing;

namespace Vivace.Cli.Output;

/// <summary>A report in one line for people.</summary>
internal static class ProcessingText
{
    public static string Of(ProcessingReport report)
    {
        var (served, asked) = (Wire(report.Effective.Mode), Wire(report.Requested.Mode));
        var parts = new List<string>
        {
            report.Reason is { } reason
                ? $"asked for {asked}, served {served} ({report.Effective.Profile}): {Wire(reason)}"
                : $"{served} ({report.Effective.Profile}) by {Wire(report.DecidedBy)}",
        };
        if (report.Models.Count > 0)
        {
            parts.Add(string.Join(", ", report.Models.Select(m => m.Served ?? m.Requested).Distinct()));
        }

        if (report.Timings is { } timings)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{timings.TotalMs:0} ms"));
        }

        return string.Join(" · ", parts);
    }

    /// <summary>An enum's name on the wire.</summary>
    public static string Wire<TEnum>(TEnum value)
        where TEnum : struct, Enum
        => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
