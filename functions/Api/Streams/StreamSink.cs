using System.Text;
using Vivace.Api.Turns;
using Vivace.Contracts.Streams;
using Vivace.Runtime.Replies;
using Vivace.Runtime.Storage;
using Vivace.Runtime.Turns;

namespace Vivace.Api.Streams;

/// <summary>
/// Puts released text into the turn's log. Before its first chunk it claims the stream in the store, so that no other
/// attempt ever shows text; a checkpoint with the first chunk and every 500 ms keeps what was shown.
/// </summary>
internal sealed class StreamSink : IReplySink
{
    private static readonly TimeSpan CheckpointInterval = TimeSpan.FromMilliseconds(500);

    private readonly TurnContext turn;
    private readonly StreamLog log;
    private readonly ITurnStore turns;
    private readonly TimeProvider time;
    private readonly StringBuilder shown = new();
    private int sequence;
    private long checkpointed;

    public StreamSink(TurnContext turn, StreamLog log, ITurnStore turns, TimeProvider time)
    {
        this.turn = turn;
        this.log = log;
        this.turns = turns;
        this.time = time;
        Add(New(StreamEventTypes.Status) with { Status = "accepted" });
    }

    public async ValueTask WriteAsync(string text, CancellationToken cancellationToken)
    {
        var options = turn.Options;
        var isFirst = shown.Length == 0;
        if (isFirst && !await turns.TryBeginStreamingAsync(options.TurnId, options.Attempt, cancellationToken))
        {
            throw new InvalidOperationException("Another attempt has shown text of this turn, or it has ended.");
        }

        shown.Append(text);
        Add(New(StreamEventTypes.Token) with { Text = text });
        if (isFirst || time.GetElapsedTime(checkpointed) >= CheckpointInterval)
        {
            checkpointed = time.GetTimestamp();
            await turns.CheckpointAsync(options.TurnId, options.Attempt, shown.ToString(), cancellationToken);
        }
    }

    /// <summary>Adds the terminal event.</summary>
    public void End(TurnResult result, string agentName) => Add(StreamEvents.Terminal(result, agentName));

    private StreamEvent New(string type) => new() { Type = type, TurnId = turn.Options.TurnId };

    private void Add(StreamEvent value) => log.Add(new StreamItem(new StreamEventId(turn.Options.Attempt, sequence++, shown.Length), value));
}
