namespace Vivace.Cli.Probe.Judging;

/// <summary>Every conversation has a room of its own, which every reply names, and every message a turn of its own.</summary>
internal static class IdentityChecks
{
    public static void Judge(Findings findings, ProbeRun run)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        var turns = new HashSet<string>(StringComparer.Ordinal);
        foreach (var conversation in run.Conversations)
        {
            var (id, room) = (conversation.Created.Id, conversation.Created.RoomId);
            var holder = owners.TryAdd(room, id) ? id : owners[room];
            findings.Equal("a room of its own", conversation, null, id, holder);
            foreach (var turn in conversation.Turns.Where(t => t.Report is not null))
            {
                findings.Expect("a turn of its own", conversation, turn, turn.TurnId is { Length: > 0 } && turns.Add(turn.TurnId), "a new turn", $"turn {turn.TurnId} again");
                findings.Equal("room of the conversation", conversation, turn, room, turn.RoomId);
                if (turn.Record is { } record)
                {
                    findings.Equal("room in the turn record", conversation, turn, room, record.RoomId);
                }
            }
        }
    }
}
