using Vivace.Api.Problems;
using Vivace.Api.Streams;
using Vivace.Contracts.Streams;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Storage;
using Vivace.Runtime.Turns;

namespace Vivace.Api.Turns;

/// <summary>Answers for a turn that was made before: its reply, or its stream from where the reader left it.</summary>
internal sealed class TurnReplay(ITurnStore turns, StreamRelays relays, StreamTimes times, AgentOptions agent, TimeProvider time)
{
    /// <summary>The same reply when the turn has ended, else 409 with its address.</summary>
    public async ValueTask<IResult> AnswerAsync(string owner, string turnId, CancellationToken cancellation)
        => await turns.FindAsync(owner, turnId, cancellation) switch
        {
            null => new ProblemResult(ProblemKinds.NotFound("turn")),
            { } turn => TurnReplies.Answer(TurnResult.Of(turn), agent.Name, replayed: turn.Status != TurnStatus.Running),
        };

    /// <summary>The live stream while the turn runs, the same text and terminal when it has ended.</summary>
    /// <param name="lastEventId">The value of <c>Last-Event-ID</c>; null: from the beginning.</param>
    /// <param name="replayed">Whether the message was sent again.</param>
    public async ValueTask<IResult> StreamAsync(string owner, string turnId, string? lastEventId, bool replayed, CancellationToken cancellation)
    {
        StreamEventId? after = null;
        if (!string.IsNullOrEmpty(lastEventId))
        {
            if (!StreamEventId.TryParse(lastEventId, out var seen))
            {
                return new ProblemResult(ProblemKinds.InvalidRequest("Last-Event-ID must be the id of an event of this stream."));
            }

            after = seen;
        }

        return await turns.FindAsync(owner, turnId, cancellation) switch
        {
            null => new ProblemResult(ProblemKinds.NotFound("turn")),
            { Status: TurnStatus.Running } turn => new SseResult(relays.Follow(KeyOf(turn), after, cancellation), replayed),
            { } ended => new SseResult(Replay(ended).ReadAsync(after, times, time, cancellation), replayed),
        };
    }

    private static TurnKey KeyOf(TurnRow turn) => new(turn.TurnId, turn.Owner, turn.RoomId, turn.Streamed, StoredReport.Read(turn.Processing));

    private StreamLog Replay(TurnRow turn)
    {
        var log = new StreamLog();
        var attempt = Math.Max(1, turn.StreamingAttempt ?? turn.Attempt);
        var result = TurnResult.Of(turn);
        if (!result.Blocked)
        {
            log.TryAddText(turn.TurnId, attempt, 0, result.Text);
        }

        log.Add(attempt, StreamEvents.Terminal(result, agent.Name));
        return log;
    }
}
