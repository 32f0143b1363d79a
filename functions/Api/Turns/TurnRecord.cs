using Vivace.Runtime.Storage;

namespace Vivace.Api.Turns;

/// <summary>
/// Writes down what becomes of a turn that runs here. Where its acceptance is still to be written, that is done beside the
/// turn as soon as it waits for anything, and before it acts; a turn that ends before is written once, as it ended. Nobody
/// hears of it until then.
/// </summary>
internal sealed class TurnRecord(ITurnStore turns, TurnAcceptance? unwritten)
{
    private readonly Lock gate = new();
    private Task<AcceptOutcome>? accepting;
    private bool tried;

    /// <summary>Whether nothing of the turn is known to stand in the store.</summary>
    public bool IsUnwritten => unwritten is not null && accepting is not { IsCompletedSuccessfully: true };

    /// <summary>Whether a failed end may be written at another try.</summary>
    public bool MayTryAgain => accepting is not { IsFaulted: true };

    /// <summary>Writes the acceptance down, unless that is done or under way; false where it cannot be, and the turn must not go on.</summary>
    public async Task<bool> TryAcceptAsync()
    {
        if (unwritten is null)
        {
            return true;
        }

        var writing = AcceptAsync(unwritten);
        await ((Task)writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return writing.IsCompletedSuccessfully && writing.Result.Kind == AcceptKind.Accepted;
    }

    /// <summary>Writes the end down, and the acceptance with it where that has not been begun.</summary>
    /// <exception cref="StoreUnavailableException">End or acceptance could not be written.</exception>
    public async ValueTask<CompletionOutcome> CompleteAsync(TurnCompletion completion)
    {
        if (unwritten is null)
        {
            return await turns.CompleteAsync(completion, CancellationToken.None);
        }

        if (Begun() is not { } writing)
        {
            return await RecordAsync(unwritten, completion);
        }

        var accepted = await writing;
        return accepted.Kind == AcceptKind.Accepted
            ? await turns.CompleteAsync(completion with { Number = accepted.Number }, CancellationToken.None)
            : CompletionOutcome.Superseded;
    }

    private async ValueTask<CompletionOutcome> RecordAsync(TurnAcceptance acceptance, TurnCompletion completion)
    {
        // A write that is said to have failed may have been made.
        if (tried && await turns.FindAsync(acceptance.Owner, acceptance.TurnId, CancellationToken.None) is { } row)
        {
            return row.Status == completion.Status ? CompletionOutcome.Written : CompletionOutcome.Superseded;
        }

        tried = true;
        var recorded = await turns.RecordAsync(acceptance, completion, CancellationToken.None);
        return recorded.Kind == AcceptKind.Accepted ? CompletionOutcome.Written : CompletionOutcome.Superseded;
    }

    private Task<AcceptOutcome>? Begun()
    {
        lock (gate)
        {
            return accepting;
        }
    }

    private Task<AcceptOutcome> AcceptAsync(TurnAcceptance acceptance)
    {
        TaskCompletionSource<AcceptOutcome> writing;
        lock (gate)
        {
            if (accepting is not null)
            {
                return accepting;
            }

            writing = new(TaskCreationOptions.RunContinuationsAsynchronously);
            accepting = writing.Task;
        }

        _ = WriteAsync(acceptance, writing);
        return writing.Task;
    }

    private async Task WriteAsync(TurnAcceptance acceptance, TaskCompletionSource<AcceptOutcome> writing)
    {
        try
        {
            writing.SetResult(await turns.AcceptAsync(acceptance, CancellationToken.None));
        }
        catch (Exception e)
        {
            // Whoever waits for it hears of it; the run asks at its end at the latest.
            writing.SetException(e);
        }
    }
}
