using System.Collections.Concurrent;
using Vivace.Api.Bus;
using Vivace.ServiceBus;

namespace Vivace.Runtime.Tests.Drivers;

/// <summary>Keeps what was sent; nobody receives it.</summary>
internal sealed class RecordingBus : IMessageBus
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<ResponseChunk>> chunks = new();

    /// <summary>The text that a turn has sent, chunk by chunk.</summary>
    public IReadOnlyList<string> TextOf(string turnId)
        => chunks.TryGetValue(turnId, out var sent) ? [.. sent.Where(c => c.Text is not null).Select(c => c.Text!)] : [];

    public Task SendTurnAsync(string turnId, string owner, string roomId, int attempt, CancellationToken cancellation) => Task.CompletedTask;

    public Task SendChunkAsync(ResponseChunk chunk, CancellationToken cancellation)
    {
        chunks.GetOrAdd(chunk.TurnId, _ => []).Enqueue(chunk);
        return Task.CompletedTask;
    }

    public Task SendCancelAsync(string turnId, string instance, CancellationToken cancellation) => Task.CompletedTask;

    public Task SendEvaluationsAsync(string turnId, string occasion, DateTimeOffset? at, CancellationToken cancellation) => Task.CompletedTask;

    public Task<ServiceBusSessionReceiver> AcceptChunksAsync(string turnId, CancellationToken cancellation)
        => throw new NotSupportedException("Nobody receives here.");

    public Task<ServiceBusSessionReceiver> AcceptControlAsync(string instance, CancellationToken cancellation)
        => throw new NotSupportedException("Nobody receives here.");
}
