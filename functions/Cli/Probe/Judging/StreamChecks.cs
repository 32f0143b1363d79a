using System.Globalization;
using Vivace.Contracts.Streams;

namespace Vivace.Cli.Probe.Judging;

/// <summary>A stream has one end, as its last event, and its text is what the end says.</summary>
internal static class StreamChecks
{
    public static void Judge(Findings findings, ConversationObservation conversation, TurnObservation turn)
    {
        if (!turn.Turn.Streamed)
        {
            return;
        }

        var events = turn.Events;
        var ends = events.Count(e => e.IsTerminal);
        findings.Expect(
            "one terminal a stream", conversation, turn, ends == 1 && events[^1].IsTerminal, "one terminal event, the last",
            string.Create(CultureInfo.InvariantCulture, $"{ends} terminal events of {events.Count}: {string.Join(' ', events.Select(e => e.Event.Type))}"));
        findings.Expect("stream of one turn", conversation, turn, events.All(e => e.Event.TurnId == turn.TurnId), $"turn {turn.TurnId}", Turns(turn));
        var fault = IdFault(turn);
        findings.Expect("stream ids in order", conversation, turn, fault is null, "ids that count events and text", fault ?? "");
        if (!turn.Blocked)
        {
            findings.Equal("stream text as at its end", conversation, turn, turn.Text, string.Concat(events.Where(e => e.Event.Type == StreamEventTypes.Token).Select(e => e.Event.Text)));
        }
    }

    private static string Turns(TurnObservation turn) => string.Join(", ", turn.Events.Select(e => e.Event.TurnId).Distinct());

    private static string? IdFault(TurnObservation turn)
    {
        var (sequence, offset) = (-1, 0);
        foreach (var received in turn.Events)
        {
            offset += received.Event.Type == StreamEventTypes.Token ? received.Event.Text?.Length ?? 0 : 0;
            if (received.Id.Sequence <= sequence || received.Id.Offset != offset)
            {
                return $"{received.Id} on a {received.Event.Type} event after {offset} characters";
            }

            sequence = received.Id.Sequence;
        }

        return null;
    }
}
