using System.Runtime.CompilerServices;
using Vivace.Cli.Hosting;
using Vivace.Client.Problems;
using Vivace.Client.Streams;

namespace Vivace.Cli.Turns;

/// <summary>A stream whose turn is cancelled on the server when the person who reads it interrupts it.</summary>
internal static class CancellableTurn
{
    /// <summary>How long an interrupted stream may take to say which turn it is, and the server to cancel it.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    /// <param name="open">Opens the stream; its token is cancelled later than <paramref name="interrupted"/> where the turn is not known yet.</param>
    public static async IAsyncEnumerable<TurnEvent> ReadAsync(
        CommandContext context, Func<CancellationToken, IAsyncEnumerable<TurnEvent>> open, [EnumeratorCancellation] CancellationToken interrupted)
    {
        using var reading = new CancellationTokenSource();
        string? turnId = null;
        await using var interrupt = interrupted.Register(() => Stop(reading, turnId));
        await using var events = open(reading.Token).GetAsyncEnumerator(CancellationToken.None);
        while (await MoveAsync(context, events, () => turnId, interrupted))
        {
            turnId = events.Current.TurnId;
            if (interrupted.IsCancellationRequested && events.Current is not TurnEnd)
            {
                await CancelAsync(context, turnId);
                interrupted.ThrowIfCancellationRequested();
            }

            yield return events.Current;
        }
    }

    private static void Stop(CancellationTokenSource reading, string? turnId)
    {
        if (turnId is null)
        {
            reading.CancelAfter(Grace);
        }
        else
        {
            reading.Cancel();
        }
    }

    private static async ValueTask<bool> MoveAsync(
        CommandContext context, IAsyncEnumerator<TurnEvent> events, Func<string?> turnId, CancellationToken interrupted)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            if (turnId() is { } turn)
            {
                await CancelAsync(context, turn);
            }

            throw new OperationCanceledException(interrupted);
        }
    }

    private static async Task CancelAsync(CommandContext context, string turnId)
    {
        using var limit = new CancellationTokenSource(Grace, context.Time);
        try
        {
            var turn = await context.Client.Turns.CancelAsync(turnId, limit.Token);
            context.Progress.Say($"Turn {turnId} on the server: {Output.ProcessingText.Wire(turn.Status)}.");
        }
        catch (Exception e) when (e is VivaceProblemException or VivaceUnreachableException or VivaceProtocolException or OperationCanceledException)
        {
            await context.Console.Error.WriteLineAsync($"Turn {turnId} could not be cancelled: {e.Message}");
        }
    }
}
