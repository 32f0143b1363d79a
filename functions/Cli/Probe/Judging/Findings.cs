namespace Vivace.Cli.Probe.Judging;

/// <summary>Counts what was checked and keeps what did not hold.</summary>
internal sealed class Findings
{
    private readonly List<(string Name, int Checked)> checks = [];
    private readonly List<ProbeMismatch> mismatches = [];

    /// <summary>In the order of their first appearance.</summary>
    public IReadOnlyList<ProbeCheck> Checks => [.. checks.Select(c => new ProbeCheck(c.Name, c.Checked, mismatches.Count(m => m.Check == c.Name)))];

    public IReadOnlyList<ProbeMismatch> Mismatches => mismatches;

    /// <summary>Notes that something was checked, and whether it was as expected.</summary>
    public void Expect(string check, ConversationObservation conversation, TurnObservation? turn, bool holds, string expected, string found)
    {
        var index = checks.FindIndex(c => c.Name == check);
        if (index < 0)
        {
            checks.Add((check, 1));
        }
        else
        {
            checks[index] = (check, checks[index].Checked + 1);
        }

        if (!holds)
        {
            mismatches.Add(new ProbeMismatch(check, conversation.Plan.Name, turn?.Turn.Name, turn?.TurnId, expected, found));
        }
    }

    /// <summary>As above, for two texts that are to be equal.</summary>
    public void Equal(string check, ConversationObservation conversation, TurnObservation? turn, string expected, string? found)
        => Expect(check, conversation, turn, expected == found, expected, found ?? "nothing");
}
