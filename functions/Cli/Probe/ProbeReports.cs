using System.Globalization;
using Vivace.Cli.Output;
using Vivace.Cli.Probe.Judging;
using Vivace.Client.Rollouts;
using Vivace.Contracts.Processing;

namespace Vivace.Cli.Probe;

/// <summary>Makes a report and prints it as tables.</summary>
internal static class ProbeReports
{
    private const int HashLength = 12;

    public static ProbeReport Of(ProbeRun run, Uri endpoint, DateTimeOffset startedAt, TimeSpan duration)
    {
        var findings = ProbeJudge.Judge(run);
        var reports = run.Conversations.SelectMany(c => c.Turns).Select(t => t.Report).OfType<ProcessingReport>().ToArray();
        return new ProbeReport
        {
            Ok = findings.Mismatches.Count == 0 && run.Errors.Count == 0 && reports.Length > 0,
            Endpoint = endpoint.AbsoluteUri,
            StartedAt = startedAt,
            DurationMs = Math.Round(duration.TotalMilliseconds),
            Conversations = run.Conversations.Count,
            Turns = reports.Length,
            FlagVersions = [.. reports.Select(r => r.FlagVersion).Distinct()],
            Arms = [.. reports.Select(r => r.Arm).Distinct()],
            Profiles = [.. run.After.Profiles.Select(p => new ProbeProfile(p.Name, p.Mode, p.Hash, reports.Count(r => r.Effective.Profile == p.Name)))],
            Checks = findings.Checks,
            Mismatches = findings.Mismatches,
            Errors = run.Errors,
        };
    }

    /// <summary>
    /// What is recorded for the rollout. A probe that measured too little must not let one start, so what it could not measure
    /// counts as well.
    /// </summary>
    public static RolloutProbe InShort(ProbeReport report) => new()
    {
        At = report.StartedAt,
        Turns = report.Turns,
        Mismatches = report.Ok ? 0 : Math.Max(1, report.Mismatches.Count + report.Errors.Count),
        ProfileHashes = report.Profiles.ToDictionary(p => p.Name, p => p.Hash),
        FlagVersion = report.FlagVersions is [.., var last] ? last : "none",
    };

    public static async Task PrintAsync(ProbeReport report, TextWriter to)
    {
        await TextTable.WriteAsync(to, ["CHECK", "CHECKED", "MISMATCHES"], [.. report.Checks.Select(c => new[] { c.Name, Number(c.Checked), Number(c.Mismatches) })]);
        await to.WriteLineAsync();
        await TextTable.WriteAsync(to, ["PROFILE", "MODE", "TURNS", "HASH"], [.. report.Profiles.Select(p => new[]
        {
            p.Name, ProcessingText.Wire(p.Mode), Number(p.Turns), p.Hash.Length > HashLength ? p.Hash[..HashLength] : p.Hash,
        })]);
        await to.WriteLineAsync();
        await to.WriteLineAsync($"Flags {string.Join(", ", report.FlagVersions)}; arm {string.Join(", ", report.Arms.Select(ProcessingText.Wire))}");
        foreach (var mismatch in report.Mismatches)
        {
            await to.WriteLineAsync($"MISMATCH {mismatch.Check} [{Where(mismatch.Conversation, mismatch.Turn)}] {mismatch.TurnId}");
            await to.WriteLineAsync($"  expected {mismatch.Expected}");
            await to.WriteLineAsync($"  found    {mismatch.Found}");
        }

        foreach (var error in report.Errors)
        {
            await to.WriteLineAsync($"NOT MEASURED [{Where(error.Conversation, error.Turn)}] {error.Kind}: {error.Message}");
        }

        await to.WriteLineAsync(
            $"{(report.Ok ? "OK" : "NOT OK")}: {report.Turns} turns in {report.Conversations} conversations, {report.Checks.Sum(c => c.Checked)} checks, "
            + $"{report.Mismatches.Count} mismatches, {report.Errors.Count} not measured, {Number((int)report.DurationMs)} ms");
    }

    private static string Where(string conversation, string? turn) => turn is null ? conversation : $"{conversation}: {turn}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
