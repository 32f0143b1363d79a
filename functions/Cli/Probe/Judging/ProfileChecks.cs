using Vivace.Contracts.Capabilities;

namespace Vivace.Cli.Probe.Judging;

/// <summary>The profile that served is one that the server lists, of the mode that served, with the hash that it lists.</summary>
internal static class ProfileChecks
{
    public static void Judge(Findings findings, ProbeRun run, ConversationObservation conversation, TurnObservation turn)
    {
        var served = turn.Report!.Effective;
        var profile = Find(run, served.Profile);
        findings.Expect(
            "profile of the mode", conversation, turn, profile?.Mode == served.Mode, $"a profile of mode {Output.ProcessingText.Wire(served.Mode)}",
            profile is null ? $"{served.Profile}, which is not listed" : $"{profile.Name} of mode {Output.ProcessingText.Wire(profile.Mode)}");
        if (turn.Report.Reason is null && turn.Turn.Profile is { } asked)
        {
            findings.Equal("profile as asked", conversation, turn, asked, served.Profile);
        }

        if (profile is not null && turn.Record?.Used is { } used && run.Before.Profiles.Any(p => p.Hash == profile.Hash) && run.After.Profiles.Any(p => p.Hash == profile.Hash))
        {
            findings.Equal("profile hash", conversation, turn, profile.Hash, used.ProfileHash);
        }
    }

    public static ProfileDescription? Find(ProbeRun run, string name) => run.After.Profiles.FirstOrDefault(p => p.Name == name);
}
