namespace Vivace.Testing.Streams;

/// <summary>A streamed reply that has ended.</summary>
public sealed record StreamedReply(IReadOnlyList<SseEvent> Events)
{
    public IEnumerable<SseEvent> Tokens => Events.Where(e => e.Type == "token");

    /// <summary>The last event.</summary>
    public SseEvent Terminal => Events[^1];

    public string Text => string.Concat(Tokens.Select(t => t.Text));

    public string? TurnId => Events[0]["turnId"];

    /// <summary>Everything in which the stream breaks the contract; none for a good one.</summary>
    public IReadOnlyList<string> Faults() => [.. FindFaults()];

    private IEnumerable<string> FindFaults()
    {
        var offset = 0;
        var terminals = 0;
        foreach (var (index, next) in Events.Index())
        {
            offset += next.Type == "token" ? next.Text!.Length : 0;
            terminals += next.IsTerminal ? 1 : 0;
            if (next.Sequence != index || next.Attempt < 1 || next["turnId"] != TurnId)
            {
                yield return $"Event {index} has id {next.Id} and turn {next["turnId"]}.";
            }

            if (next.Offset != offset)
            {
                yield return $"Event {index} has id {next.Id} after {offset} units.";
            }

            if (next.Type == "token" && (next.Text!.Length == 0 || char.IsLowSurrogate(next.Text[0]) || char.IsHighSurrogate(next.Text[^1])))
            {
                yield return $"Event {index} is empty or splits a surrogate pair.";
            }

            if (next.Type is not ("token" or "status") && !next.IsTerminal)
            {
                yield return $"Event {index} is of type {next.Type}.";
            }
        }

        if (terminals != 1 || !Terminal.IsTerminal)
        {
            yield return $"There are {terminals} terminal events, the last event is {Terminal.Type}.";
        }

        if (Terminal["processing"] is null)
        {
            yield return "The terminal event does not report the processing.";
        }

        if (Terminal["blocked"] != "true" && Terminal["fullText"] != Text)
        {
            yield return $"The tokens are \"{Text}\", fullText is \"{Terminal["fullText"]}\".";
        }
    }
}
