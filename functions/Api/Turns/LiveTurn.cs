using Vivace.Api.Streams;
using Vivace.Runtime.Turns;

namespace Vivace.Api.Turns;

/// <summary>A turn that runs in this process.</summary>
internal sealed class LiveTurn(TurnContext context, bool hasKey) : IDisposable
{
    private readonly CancellationTokenSource cancellation = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TurnContext Context { get; } = context;

    /// <summary>Whether the message came with an idempotency key, so that a retry can get its reply.</summary>
    public bool HasKey { get; } = hasKey;

    /// <summary>Its events, for any number of readers; null for a turn that nobody streams.</summary>
    public StreamLog? Events { get; } = context.Options.Streamed ? new StreamLog() : null;

    public CancellationToken Cancelled => cancellation.Token;

    /// <summary>Complete when the turn's end has been written down.</summary>
    public Task Ended => ended.Task;

    public void HasEnded() => ended.TrySetResult();

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
