using Vivace.Api.Bus;
using Vivace.Api.Turns;
using Vivace.Contracts.Streams;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Storage;
using Vivace.Runtime.Turns;
using Vivace.ServiceBus;

namespace Vivace.Api.Streams;

/// <summary>
/// Brings the text of one turn to this process, for any number of readers: from its session of chunks, and, where another
/// process holds that session or a chunk is missing, from the turn's row. How the turn ended is always read from its row.
/// </summary>
internal sealed partial class StreamRelay : IAsyncDisposable
{
    /// <summary>How often a turn whose chunks another process receives is looked at.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>How often one is looked at whose chunks come here, should the news of its end be lost.</summary>
    private static readonly TimeSpan Watch = TimeSpan.FromSeconds(5);

    /// <summary>How long the broker has to give the session; a turn that has ended is shown without it.</summary>
    private static readonly TimeSpan AcceptLimit = TimeSpan.FromSeconds(2);

    private const int Batch = 64;

    private readonly TurnKey turn;
    private readonly Task predecessor;
    private readonly IMessageBus bus;
    private readonly ITurnStore turns;
    private readonly AgentOptions agent;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task running;

    /// <param name="predecessor">The end of the relay before it, which must have let go of the session.</param>
    public StreamRelay(
        TurnKey turn, Task predecessor, IMessageBus bus, ITurnStore turns, AgentOptions agent, TimeProvider time, ILogger logger)
    {
        (this.turn, this.predecessor, this.bus, this.turns, this.agent, this.time, this.logger) = (turn, predecessor, bus, turns, agent, time, logger);
        Log.Add(attempt: 1, new StreamEvent { Type = StreamEventTypes.Status, TurnId = turn.TurnId, Status = "accepted" });
        running = Task.Run(RunAsync);
    }

    public StreamLog Log { get; } = new();

    /// <summary>Complete when it has let go of the turn's session.</summary>
    public Task Ended => running;

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        stopping.Dispose();
    }

    private async Task RunAsync()
    {
        await predecessor;
        while (!Log.HasEnded && !stopping.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(stopping.Token);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                RelayLog.Failed(logger, turn.TurnId, e.GetType().Name);
                await Task.Delay(PollInterval, time, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task FollowAsync(CancellationToken cancellation)
    {
        if (turn.Streamed && await TryAcceptAsync(cancellation) is { } session)
        {
            await using (session)
            {
                await ReceiveAsync(session, cancellation);
            }
        }
        else if (!await CatchUpAsync(cancellation))
        {
            await Task.Delay(PollInterval, time, cancellation);
        }
    }

    /// <summary>The turn's session; null while another process has it or the broker cannot be reached.</summary>
    private async ValueTask<ServiceBusSessionReceiver?> TryAcceptAsync(CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(AcceptLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            return await bus.AcceptChunksAsync(turn.TurnId, either.Token);
        }
        catch (ServiceBusException e)
        {
            RelayLog.NotAccepted(logger, turn.TurnId, e.Reason);
            return null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            RelayLog.NotAccepted(logger, turn.TurnId, ServiceBusFailureReason.ServiceTimeout);
            return null;
        }
    }

    private async Task ReceiveAsync(ServiceBusSessionReceiver session, CancellationToken cancellation)
    {
        var received = new List<ServiceBusReceivedMessage>();

        // Whoever held the session before may have settled chunks, the news of the end among them.
        await CatchUpAsync(cancellation);
        while (!Log.HasEnded)
        {
            var chunks = await session.ReceiveMessagesAsync(Batch, Watch, cancellation);
            received.AddRange(chunks);
            if (!chunks.All(Take) || chunks.Count == 0)
            {
                await CatchUpAsync(cancellation);
            }

            if (session.SessionLockedUntil - time.GetUtcNow() < Watch * 3)
            {
                await session.RenewSessionLockAsync(cancellation);
            }
        }

        await session.CompleteMessagesAsync(received, cancellation);
    }

    /// <summary>Adds a chunk's text; false when the turn's row is to be read.</summary>
    private bool Take(ServiceBusReceivedMessage message)
        => BusMessages.Read(message.Body.ToMemory(), BusJson.Default.ResponseChunk) is { Text: { } text } chunk
            && Log.TryAddText(turn.TurnId, chunk.Attempt, chunk.Offset, text);

    /// <summary>Adds what the turn's row has and the log has not; true when that was the end.</summary>
    private async ValueTask<bool> CatchUpAsync(CancellationToken cancellation)
    {
        if (await turns.FindAsync(turn.Owner, turn.TurnId, cancellation) is not { } row)
        {
            // Its conversation has been deleted.
            Log.Add(attempt: 1, StreamEvents.Terminal(TurnResult.Gone(turn, Log.Text()), agent.Name));
            return true;
        }

        var attempt = Math.Max(1, row.StreamingAttempt ?? row.Attempt);
        var text = row.Status == TurnStatus.Running ? row.Checkpoint ?? "" : row.Blocked ? "" : row.Text ?? "";
        Log.TryAddText(turn.TurnId, attempt, 0, text);
        if (row.Status != TurnStatus.Running)
        {
            Log.Add(attempt, StreamEvents.Terminal(TurnResult.Of(row), agent.Name));
        }

        return Log.HasEnded;
    }

    private static partial class RelayLog
    {
        [LoggerMessage(LogLevel.Debug, "The chunks of turn {TurnId} cannot be received here for now: {Reason}")]
        public static partial void NotAccepted(ILogger logger, string turnId, ServiceBusFailureReason reason);

        [LoggerMessage(LogLevel.Warning, "Following turn {TurnId} failed and goes on: {Fault}")]
        public static partial void Failed(ILogger logger, string turnId, string fault);
    }
}
