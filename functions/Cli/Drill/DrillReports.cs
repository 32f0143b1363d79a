using System.Globalization;
using Vivace.Cli.Drill.Judging;
using Vivace.Cli.Output;

namespace Vivace.Cli.Drill;

/// <summary>A report as tables for people.</summary>
internal static class DrillReports
{
    public static IEnumerable<string> Lines(DrillReport report) =>
    [
        .. TextTable.Lines(["MEASURED", "", "FROM"],
        [
            [$"units until the {report.Decisive}. bad one", report.UnitsUntilDecisive is { } units ? units.ToString(CultureInfo.InvariantCulture) : "-", "the drill's beginning"],
            ["detect", Time(report.DetectMs), "the deciding unit's end"],
            ["write", Time(report.WriteMs), "the rollback seen"],
            ["propagate", Time(report.PropagateMs), "the flags seen switched"],
            ["last fast admission", Time(report.LastFastMs), $"the deciding unit's end; limit {Time(report.WithinMs)}"],
        ]),
        "",
        .. TextTable.Lines(["ENDPOINT", "UNITS", "FAST", "LAST FAST", "OFF"], [.. report.Endpoints.Select(e => new[]
        {
            e.Endpoint, e.Units.ToString(CultureInfo.InvariantCulture), e.Fast.ToString(CultureInfo.InvariantCulture), Time(e.LastFastMs), Time(e.OffMs),
        })]),
        "",
        .. report.Faults,
        $"{(report.Ok ? "OK" : "NOT OK")}: {ProcessingText.Wire(report.Fault)}, {ProcessingText.Wire(report.Rollback)} rollback by gate {report.Gate ?? "-"}, "
            + $"{report.Units} units, {report.Fast} fast, {report.Bad} bad, {report.NotMeasured} not measured",
    ];

    private static string Time(double? milliseconds)
        => milliseconds is { } time ? string.Create(CultureInfo.InvariantCulture, $"{time / 1000:0.00} s") : "-";
}
