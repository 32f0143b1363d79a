using Vivace.Api.Streams;
using Vivace.Runtime.Turns;

namespace Vivace.Api.Turns;

/// <summary>A turn that runs in this process.</summary>
internal sealed class LiveTurn(TurnContext context) : IDisposable
{
    private readonly CancellationTokenSource cancellation = new();

    public TurnContext Context { get; } = context;

    /// <summary>Its events, for any number of readers; null for a turn that nobody streams.</summary>
    public StreamLog? Events { get; } = context.Options.Streamed ? new StreamLog() : null;

    public CancellationToken Cancelled => cancellation.Token;

    public Task CancelAsync() => cancellation.CancelAsync();

    public void Dispose() => cancellation.Dispose();
}
