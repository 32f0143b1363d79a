using Vivace.Contracts.Processing;

namespace Vivace.Cli.Probe.Judging;

/// <summary>A conversation keeps its settings whatever its messages ask for, takes nothing of a refused one, and can be deleted.</summary>
internal static class ConversationChecks
{
    public static void Judge(Findings findings, ConversationObservation conversation)
    {
        findings.Equal("default mode as set", conversation, null, Mode(conversation.Plan.DefaultMode), Mode(conversation.Created.DefaultMode));
        if (conversation.After is { } after)
        {
            findings.Equal("default mode unchanged", conversation, null, Mode(conversation.Plan.DefaultMode), Mode(after.DefaultMode));
            findings.Equal("room unchanged", conversation, null, conversation.Created.RoomId, after.RoomId);
        }

        foreach (var turn in conversation.Turns.Where(t => t.Turn.InvalidMode is not null))
        {
            findings.Expect(
                "bad mode refused", conversation, turn, turn.Refusal is { Status: 400, Errors: { } errors } && errors.Any(e => e.Pointer == "/processing/mode"),
                "400 for /processing/mode", turn.Refusal is { } problem ? $"{problem.Status} {problem.Type}: {problem.Detail}" : $"turn {turn.TurnId}");
            findings.Expect(
                "nothing stored of it", conversation, turn, conversation.History?.All(m => m.Text != turn.Turn.Text) is not false, "no message", "its message");
        }

        findings.Expect("deleted", conversation, null, conversation.IsGone, "404 after it was deleted", "it is still there");
    }

    private static string Mode(ProcessingMode? mode) => mode is { } value ? Output.ProcessingText.Wire(value) : "none";
}
