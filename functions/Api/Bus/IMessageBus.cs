using Vivace.ServiceBus;

namespace Vivace.Api.Bus;

/// <summary>What travels between instances. Sending is complete when the broker has the message for good.</summary>
internal interface IMessageBus
{
    /// <summary>Hands a turn to a worker. The attempt is part of the id, so that a turn sent twice is begun once.</summary>
    Task SendTurnAsync(string turnId, string owner, string roomId, int attempt, CancellationToken cancellation);

    Task SendChunkAsync(ResponseChunk chunk, CancellationToken cancellation);

    Task SendCancelAsync(string turnId, string instance, CancellationToken cancellation);

    /// <param name="occasion">Why it is sent: part of the id, since an id that was used before is dropped.</param>
    /// <param name="at">When the evaluations are due; null: now.</param>
    Task SendEvaluationsAsync(string turnId, string occasion, DateTimeOffset? at, CancellationToken cancellation);

    /// <summary>Locks the session of a turn's chunks.</summary>
    /// <exception cref="ServiceBusException">Another receiver holds it, or the broker cannot be reached.</exception>
    Task<ServiceBusSessionReceiver> AcceptChunksAsync(string turnId, CancellationToken cancellation);

    /// <summary>Locks the session of an instance's cancellations.</summary>
    /// <exception cref="ServiceBusException">As above.</exception>
    Task<ServiceBusSessionReceiver> AcceptControlAsync(string instance, CancellationToken cancellation);
}
