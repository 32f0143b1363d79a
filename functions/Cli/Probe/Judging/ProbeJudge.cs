namespace Vivace.Cli.Probe.Judging;

/// <summary>Judges what a probe has seen; pure.</summary>
internal static class ProbeJudge
{
    public static Findings Judge(ProbeRun run)
    {
        var findings = new Findings();
        var gates = ServerGates.ByVersion(run);
        foreach (var conversation in run.Conversations)
        {
            foreach (var turn in conversation.Turns.Where(t => t.Turn.InvalidMode is null && t.Report is not null))
            {
                ProcessingChecks.Judge(findings, run.Before, gates, conversation, turn);
                ProfileChecks.Judge(findings, run, conversation, turn);
                ModelChecks.Judge(findings, run, conversation, turn);
                StreamChecks.Judge(findings, conversation, turn);
                RecordChecks.Judge(findings, conversation, turn);
            }

            ConversationChecks.Judge(findings, conversation);
        }

        IdentityChecks.Judge(findings, run);
        return findings;
    }
}
