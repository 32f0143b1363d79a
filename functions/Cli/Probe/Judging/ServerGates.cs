using Vivace.Contracts.Processing;

namespace Vivace.Cli.Probe.Judging;

/// <summary>
/// How the server's gates stood under one version of its flags: the contract flag from its capabilities, where they did not
/// change meanwhile; the rest from what its replies say, which therefore must all say the same.
/// </summary>
internal sealed record ServerGates(bool ContractOn, bool RuntimeOn)
{
    public static IReadOnlyDictionary<string, ServerGates> ByVersion(ProbeRun run)
    {
        var reports = run.Conversations.SelectMany(c => c.Turns).Select(t => t.Report).OfType<ProcessingReport>();
        bool? known = run.Before.ProcessingAccepted == run.After.ProcessingAccepted ? run.Before.ProcessingAccepted : null;
        return reports.GroupBy(r => r.FlagVersion, StringComparer.Ordinal).ToDictionary(
            g => g.Key,
            g => new ServerGates(
                known ?? g.All(r => r.Reason != FallbackReason.ContractFlagOff),
                g.All(r => r.Reason != FallbackReason.RuntimeFlagOff)),
            StringComparer.Ordinal);
    }
}
