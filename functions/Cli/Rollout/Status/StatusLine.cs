using System.Globalization;
using Vivace.Client.Rollouts;

namespace Vivace.Cli.Rollout.Status;

/// <summary>A report on one line: where the rollout stands, and the gates that do not pass.</summary>
internal static class StatusLine
{
    public static string Of(RolloutReport report)
    {
        var open = (report.Gates ?? []).Where(g => g.Verdict != "pass").Select(Gate).ToArray();
        return $"{RolloutText.Of(report)}{(report.Verdict is { } verdict ? $", {RolloutText.Plain(verdict)}" : "")}{(open.Length > 0 ? $": {string.Join(", ", open)}" : "")}";
    }

    private static string Gate(RolloutGate gate)
    {
        var count = gate.Count is { } of ? string.Create(CultureInfo.InvariantCulture, $" {of.Hits}/{of.Seen}") : "";
        return $"{RolloutText.Plain(gate.Gate)} {RolloutText.Plain(gate.Verdict)}{count}";
    }
}
