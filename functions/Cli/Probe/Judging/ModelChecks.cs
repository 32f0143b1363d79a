using Vivace.Contracts.Processing;

namespace Vivace.Cli.Probe.Judging;

/// <summary>The models that a reply reports are those of its profile.</summary>
internal static class ModelChecks
{
    private const string Small = "small";

    public static void Judge(Findings findings, ProbeRun run, ConversationObservation conversation, TurnObservation turn)
    {
        var report = turn.Report!;
        if (ProfileChecks.Find(run, report.Effective.Profile) is not { } profile)
        {
            return;
        }

        var sizes = report.Models.Select(m => m.Type).ToArray();
        if (turn is { Responded: true, Blocked: false })
        {
            findings.Expect("models reported", conversation, turn, sizes.Contains(profile.Model), $"a call of the {profile.Model} model", Join(sizes));
        }

        if (report.Effective.Mode == ProcessingMode.Fast)
        {
            // One call more where a model decides whether to respond at all.
            var most = profile.MaxModelCalls + (turn.Turn.Channel == Vivace.Contracts.Messages.ChannelType.Group ? 1 : 0);
            findings.Expect(
                "fast models only", conversation, turn, sizes.All(s => s == profile.Model || s == Small) && sizes.Length <= most,
                $"at most {most} calls, of the {profile.Model} model", Join(sizes));
        }

        foreach (var model in report.Models)
        {
            var first = FirstOf(run, model.Type);
            findings.Equal("one model a size", conversation, turn, first.Requested, model.Requested);
        }
    }

    private static ModelUse FirstOf(ProbeRun run, string type)
        => run.Conversations.SelectMany(c => c.Turns).SelectMany(t => t.Report?.Models ?? []).First(m => m.Type == type);

    private static string Join(string[] sizes) => sizes.Length == 0 ? "no model call" : string.Join(", ", sizes);
}
