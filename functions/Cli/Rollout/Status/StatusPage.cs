using System.Globalization;
using Vivace.Cli.Output;
using Vivace.Client.Rollouts;

namespace Vivace.Cli.Rollout.Status;

/// <summary>A report as a page for people.</summary>
internal static class StatusPage
{
    private const int HashLength = 12;

    public static IReadOnlyList<string> Lines(RolloutReport report, DateTimeOffset now) => [
        RolloutText.Of(report),
        .. NextStep(report, now),
        .. report.Status is { CoolDownUntil: { } until } && until > now ? [$"No rollout starts before {RolloutText.Time(until)} UTC."] : (string[])[],
        $"Flag: {Flag(report)}",
        $"{Number(report.Instances)} instance{(report.Instances == 1 ? "" : "s")} · {Probe(report.Probe, now)} · {Head(report.Head)}",
        .. report.Fault is { } fault ? [$"HELD {RolloutText.Plain(fault)}"] : (string[])[],
        .. (report.PlanFaults ?? []).Select(f => $"PLAN FAULT {RolloutText.Plain(f)}"),
        .. GateLines(report.Gates ?? []),
        .. MeasurementLines(report.Measurements)];

    private static IEnumerable<string> NextStep(RolloutReport report, DateTimeOffset now)
    {
        if (report is not { Status: { State: "running" or "paused" } status, Plan: { } plan } || status.Step >= plan.Steps.Count)
        {
            yield break;
        }

        var left = status.StepSince + plan.Steps[status.Step].MinimumTime - now;
        var waits = (report.Gates ?? []).Where(g => g.Verdict != "pass" && g.Gate != "time").Select(g => RolloutText.Plain(g.Gate)).ToArray();
        var next = status.Step + 1 == plan.Steps.Count ? "Completes" : string.Create(CultureInfo.InvariantCulture, $"Next step ({plan.Steps[status.Step + 1].Percent:0.##} %)");
        var when = status.State == "paused" ? "when it is resumed"
            : left > TimeSpan.Zero ? $"in {RolloutText.Duration(left)} at the earliest"
            : "as soon as every gate passes";
        yield return $"{next} {when}{(waits.Length > 0 ? $"; waits for {string.Join(", ", waits)}" : "")}.";
    }

    private static string Flag(RolloutReport report)
    {
        if (report.Flag is not { } flag)
        {
            return "could not be read";
        }

        var seen = $"contract {OnOff(flag.ContractEnabled)}, runtime {OnOff(flag.RuntimeEnabled)}";
        var allocation = !flag.IsRolloutShape ? ", its allocation is not a rollout's"
            : string.Create(CultureInfo.InvariantCulture, $", fast {flag.Percent:0.##} % by {RolloutText.Plain(flag.Seed ?? "no seed")}");
        return seen + allocation + (report.Status is { FlagConfirmed: false } ? " (not yet as it is to be)" : "");
    }

    private static string Probe(RolloutProbe? probe, DateTimeOffset now) => probe is null
        ? "no probe recorded"
        : $"probe {RolloutText.Duration(now - probe.At)} ago: {Number(probe.Mismatches)} mismatches";

    private static string Head(RolloutHead? head) => head is null ? "no audit log"
        : $"audit log {Number(head.Sequence)} {RolloutText.Plain(head.Hash.Length > HashLength ? head.Hash[..HashLength] : head.Hash)}";

    private static IEnumerable<string> GateLines(IReadOnlyList<RolloutGate> gates) => gates.Count == 0 ? [] :
    [
        "",
        .. TextTable.Lines(["GATE", "VERDICT", "K", "N", "E", "DECIDES AT", "REASON"], [.. gates.Select(g => new[]
        {
            RolloutText.Plain(g.Gate),
            RolloutText.Plain(g.Verdict),
            g.Count is { } hits ? Number(hits.Hits) : "-",
            g.Count is { } seen ? Number(seen.Seen) : "-",
            g.Log10E is { } e ? RolloutText.Evidence(e) : "-",
            g.Log10Threshold is { } threshold ? RolloutText.Evidence(threshold) : "-",
            RolloutText.Plain(g.Reason ?? "-"),
        })]),
    ];

    private static IEnumerable<string> MeasurementLines(RolloutMeasured? measured)
    {
        if (measured is null)
        {
            yield break;
        }

        yield return "";
        string[][] rows =
        [
            .. measured.Units is { } units ? [["compared units", Number(units.Fast), Number(units.Control)]] : (string[][])[],
            .. (measured.Steps ?? []).Select(s => new[] { string.Create(CultureInfo.InvariantCulture, $"units at {s.Percent:0.##} %"), Number(s.Fast), Number(s.Control) }),
        ];
        foreach (var line in TextTable.Lines(["MEASURED", "FAST", "CONTROL"], rows))
        {
            yield return line;
        }

        yield return $"Faster in {Of(measured.Pairs)} pairs · late first chunks {Of(measured.Latency)} · mismatches {Number(measured.Mismatches?.Values.Sum() ?? 0)}"
            + $" · quality judged until {(measured.JudgedUntil is { } until ? $"{RolloutText.Time(until)} UTC" : "nothing")}";
    }

    private static string Of(RolloutCount? count) => count is null ? "-" : $"{Number(count.Hits)} of {Number(count.Seen)}";

    private static string OnOff(bool on) => on ? "on" : "off";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
