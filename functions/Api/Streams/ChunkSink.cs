using System.Text;
using Vivace.Api.Bus;
using Vivace.Runtime.Replies;
using Vivace.Runtime.Storage;
using Vivace.Runtime.Turns;

namespace Vivace.Api.Streams;

/// <summary>
/// Sends released text to the turn's readers: the first of it at once, then gathered over a growing time, one send under
/// way. Text is written down before it is sent, so that the turn's row never holds less than what was shown; where the row
/// refuses it, a later attempt owns the turn or it has ended, and this one is cancelled.
/// </summary>
internal sealed partial class ChunkSink(
    TurnContext turn, ITurnStore turns, IMessageBus bus, StreamPace pace, Func<Task> cancelTurn, TimeProvider time, ILogger logger) : IReplySink, IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly StringBuilder shown = new();
    private readonly StringBuilder waiting = new();
    private readonly CancellationTokenSource ending = new();
    private Task pump = Task.CompletedTask;
    private bool pumping;
    private bool refused;
    private int sequence;
    private TimeSpan gather = pace.First;

    public ValueTask WriteAsync(string text, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            waiting.Append(text);
            if (pumping || refused)
            {
                return ValueTask.CompletedTask;
            }

            pumping = true;
        }

        pump = PumpAsync();
        return ValueTask.CompletedTask;
    }

    /// <summary>Says that the turn has ended; what text is still waiting stands in its row.</summary>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await pump;
        await SendAsync(null);
        ending.Dispose();
    }

    private async Task PumpAsync()
    {
        try
        {
            while (Take() is { } text && await ShowAsync(text))
            {
                await Task.Delay(gather, time, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                gather = pace.After(gather);
            }
        }
        catch (Exception e)
        {
            // The row has what was shown, and its end will have the rest.
            Log.Stopped(logger, turn.Options.TurnId, e.GetType().Name);
            lock (gate)
            {
                refused = true;
            }
        }
    }

    /// <summary>What has been gathered; null, and the pump stops, when there is none or the turn has ended.</summary>
    private string? Take()
    {
        lock (gate)
        {
            if (waiting.Length == 0 || ending.IsCancellationRequested)
            {
                pumping = false;
                return null;
            }

            var text = waiting.ToString();
            waiting.Clear();
            return text;
        }
    }

    private async Task<bool> ShowAsync(string text)
    {
        var (turnId, attempt, offset) = (turn.Options.TurnId, turn.Options.Attempt, shown.Length);
        var whole = shown.Append(text).ToString();
        var mayShow = sequence == 0
            ? await turns.TryBeginStreamingAsync(turnId, attempt, whole, CancellationToken.None)
            : await turns.CheckpointAsync(turnId, attempt, whole, CancellationToken.None);
        if (mayShow)
        {
            await SendAsync(new ResponseChunk(turnId, attempt, sequence++, offset, text));
            return true;
        }

        lock (gate)
        {
            refused = true;
        }

        await cancelTurn();
        return false;
    }

    /// <summary>A chunk that cannot be sent is found in the turn's row.</summary>
    private async Task SendAsync(ResponseChunk? chunk)
    {
        try
        {
            using var limit = new CancellationTokenSource(pace.SendLimit, time);
            await bus.SendChunkAsync(chunk ?? new ResponseChunk(turn.Options.TurnId, turn.Options.Attempt, sequence, shown.Length, null), limit.Token);
        }
        catch (Exception e)
        {
            Log.NotSent(logger, turn.Options.TurnId, e.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A chunk of turn {TurnId} could not be sent: {Fault}; its readers find the text in the turn")]
        public static partial void NotSent(ILogger logger, string turnId, string fault);

        [LoggerMessage(LogLevel.Warning, "Turn {TurnId} shows no more text before its end: {Fault}")]
        public static partial void Stopped(ILogger logger, string turnId, string fault);
    }
}
