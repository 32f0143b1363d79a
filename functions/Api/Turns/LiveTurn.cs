namespace Vivace.Api.Turns;

/// <summary>A turn that runs in this process, known by its id before anything else of it is, so that no cancellation is missed.</summary>
internal sealed class LiveTurn(string turnId) : IDisposable
{
    private readonly CancellationTokenSource cancellation = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string TurnId { get; } = turnId;

    public CancellationToken Cancelled => cancellation.Token;

    /// <summary>Complete when the turn's end has been written down.</summary>
    public Task Ended => ended.Task;

    /// <summary>Whether the process lets go of the turn, which another is to run.</summary>
    public bool IsHandedOver { get; private set; }

    public void HasEnded() => ended.TrySetResult();

    /// <summary>Stops the turn here without ending it.</summary>
    public Task HandOverAsync()
    {
        IsHandedOver = true;
        return CancelAsync();
    }

    /// <summary>Cancels the turn; does nothing when it has ended.</summary>
    public async Task CancelAsync()
    {
        try
        {
            await cancellation.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It ended at this moment.
        }
    }

    public void Dispose() => cancellation.Dispose();
}
