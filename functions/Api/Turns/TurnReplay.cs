using Vivace.Api.Problems;
using Vivace.Api.Streams;
using Vivace.Contracts.Streams;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Storage;
using Vivace.Runtime.Turns;

namespace Vivace.Api.Turns;

/// <summary>Answers a message that was sent before under the same key.</summary>
internal sealed class TurnReplay(ITurnStore turns, LiveTurns live, AgentOptions agent, TimeProvider time)
{
    /// <summary>The same reply when the turn has ended, else 409 with its address.</summary>
    public async ValueTask<IResult> AnswerAsync(string owner, string turnId, CancellationToken cancellation)
        => await turns.FindAsync(owner, turnId, cancellation) switch
        {
            null => new ProblemResult(ProblemKinds.NotFound("turn")),
            { Status: TurnStatus.Running } => new ProblemResult(ProblemKinds.InFlight(turnId)),
            { } ended => TurnReplies.Answer(TurnResult.Of(ended), agent.Name, replayed: true),
        };

    /// <summary>The live stream when the turn runs here, the same text and terminal when it has ended, else 409.</summary>
    public async ValueTask<IResult> StreamAsync(string owner, string turnId, CancellationToken cancellation)
    {
        if (live.Find(turnId) is { Events: { } events } running && running.Context.Options.Owner == owner)
        {
            return new SseResult(events.ReadAsync(SseResult.Heartbeat, time, cancellation), replayed: true);
        }

        return await turns.FindAsync(owner, turnId, cancellation) switch
        {
            null => new ProblemResult(ProblemKinds.NotFound("turn")),
            { Status: TurnStatus.Running } => new ProblemResult(ProblemKinds.InFlight(turnId)),
            { } ended => new SseResult(Replay(ended).ToAsyncEnumerable(), replayed: true),
        };
    }

    private IEnumerable<StreamItem?> Replay(TurnRow turn)
    {
        var result = TurnResult.Of(turn);
        var sequence = 0;
        if (result.Text.Length > 0 && !result.Blocked)
        {
            var token = new StreamEvent { Type = StreamEventTypes.Token, TurnId = turn.TurnId, Text = result.Text };
            yield return new StreamItem(new StreamEventId(turn.Attempt, sequence++, result.Text.Length), token);
        }

        yield return new StreamItem(new StreamEventId(turn.Attempt, sequence, result.Text.Length), StreamEvents.Terminal(result, agent.Name));
    }
}
