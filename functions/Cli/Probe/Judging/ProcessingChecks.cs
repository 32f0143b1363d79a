using Vivace.Contracts.Capabilities;
using Vivace.Contracts.Processing;

namespace Vivace.Cli.Probe.Judging;

/// <summary>A message was processed as it asked, or the reply says rightly why not.</summary>
internal static class ProcessingChecks
{
    public static void Judge(
        Findings findings, CapabilitiesReply server, IReadOnlyDictionary<string, ServerGates> gates, ConversationObservation conversation, TurnObservation turn)
    {
        var report = turn.Report!;
        var expected = ExpectedProcessing.Of(turn.Turn, conversation.Plan.DefaultMode, server, gates[report.FlagVersion], report.Arm);
        if (expected is { Effective: ProcessingMode.Fast } && report.Reason == FallbackReason.QuotaExceeded)
        {
            // The quota is the server's own to know.
            expected = expected with { Effective = ProcessingMode.Default, DecidedBy = DecidedBy.Quota, Reason = FallbackReason.QuotaExceeded };
        }

        findings.Equal("mode as asked", conversation, turn, expected.ToString(), ExpectedProcessing.Describe(report));
        findings.Equal("profile and reason echoed", conversation, turn, Said(turn.Turn.Profile, ProbeTurn.Reason), Said(report.Requested.Profile, report.Requested.Reason));

        var firstArm = conversation.Turns.Select(t => t.Report).First(r => r?.FlagVersion == report.FlagVersion)!.Arm;
        findings.Equal("one arm", conversation, turn, Output.ProcessingText.Wire(firstArm), Output.ProcessingText.Wire(report.Arm));
    }

    private static string Said(string? profile, string? reason) => $"profile {profile ?? "none"}, reason {reason ?? "none"}";
}
