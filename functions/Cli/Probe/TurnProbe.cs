using Vivace.Client;
using Vivace.Client.Problems;
using Vivace.Client.Streams;
using Vivace.Contracts.Streams;

namespace Vivace.Cli.Probe;

/// <summary>Sends one message and keeps what comes back.</summary>
internal sealed class TurnProbe(VivaceClient client)
{
    public async Task<TurnObservation> ObserveAsync(string conversationId, ProbeTurn turn, CancellationToken cancellationToken)
    {
        try
        {
            var seen = turn.Streamed
                ? await StreamAsync(conversationId, turn, cancellationToken)
                : await SendAsync(conversationId, turn, cancellationToken);
            return seen with { Record = await client.Turns.GetAsync(seen.TurnId!, cancellationToken) };
        }
        catch (VivaceProblemException e) when (turn.InvalidMode is not null)
        {
            return new TurnObservation(turn, e.TurnId) { Refusal = e.Problem };
        }
    }

    private async Task<TurnObservation> SendAsync(string conversationId, ProbeTurn turn, CancellationToken cancellationToken)
    {
        var reply = (await client.Messages.SendAsync(conversationId, turn.ToBody(), cancellationToken: cancellationToken)).Reply;
        return new TurnObservation(turn, reply.TurnId)
        {
            RoomId = reply.RoomId,
            Text = reply.Text,
            Responded = reply.Responded,
            Blocked = reply.Blocked,
            Report = reply.Processing,
        };
    }

    private async Task<TurnObservation> StreamAsync(string conversationId, ProbeTurn turn, CancellationToken cancellationToken)
    {
        var events = await ReadAsync(conversationId, turn, cancellationToken);
        var end = events.First(e => e.IsTerminal).Event;
        if (end.Type != StreamEventTypes.Done)
        {
            throw new VivaceProblemException(new()
            {
                Type = $"/problems/{end.Code ?? end.Type}", Title = $"The turn ended as {end.Type}.", Status = 502, Detail = end.Message, TurnId = end.TurnId,
            });
        }

        return new TurnObservation(turn, end.TurnId)
        {
            RoomId = end.RoomId,
            Text = end.FullText ?? "",
            Responded = end.Responded ?? false,
            Blocked = end.Blocked ?? false,
            Report = end.Processing ?? throw new VivaceProtocolException("The end of a stream does not say how it was processed."),
            Events = events,
        };
    }

    /// <summary>Every event of one connection as it came, to its end; where it was cut before the turn's, the rest as it is resumed.</summary>
    private async Task<IReadOnlyList<ReceivedEvent>> ReadAsync(string conversationId, ProbeTurn turn, CancellationToken cancellationToken)
    {
        var events = new List<ReceivedEvent>();
        try
        {
            await foreach (var received in client.Messages.StreamOnceAsync(conversationId, turn.ToBody(), cancellationToken))
            {
                events.Add(received);
            }
        }
        catch (VivaceUnreachableException) when (events.Count > 0)
        {
            // A lost connection is no mismatch; what follows is read below.
        }

        if (events.Count == 0)
        {
            throw new VivaceProtocolException("The stream ended without an event.");
        }

        if (!events.Exists(e => e.IsTerminal))
        {
            await foreach (var rest in client.Turns.ResumeAsync(events[^1].Event.TurnId, events[^1].Id, cancellationToken))
            {
                events.Add(new ReceivedEvent(rest.Id, rest.Wire));
            }
        }

        return events;
    }
}
