using Vivace.Api.Settings;
using Vivace.ServiceBus;

namespace Vivace.Api.Bus;

/// <summary>Over Service Bus. Its client closes the links.</summary>
internal sealed class MessageBus(ServiceBusClient client, StreamsSettings streams, TimeProvider time) : IMessageBus
{
    /// <summary>Messages on their way to a session's receiver.</summary>
    private const int Window = 64;

    /// <summary>Evaluations are asked for after the reply, and nobody waits for them.</summary>
    private static readonly TimeSpan EvaluationLinger = TimeSpan.FromMilliseconds(25);

    private readonly ServiceBusSender turns = client.CreateSender(Queues.Turns);
    private readonly ServiceBusSender control = client.CreateSender(Queues.Control);
    private readonly BatchingSender evaluations = new(client.CreateSender(Queues.Evaluations), EvaluationLinger, time);
    private readonly ServiceBusSender[] chunks = [.. Queues.OfChunks(streams.Shards).Select(queue => client.CreateSender(queue))];

    public Task SendTurnAsync(string turnId, string owner, string roomId, int attempt, CancellationToken cancellation)
    {
        var message = BusMessages.Write(new TurnMessage(turnId), BusJson.Default.TurnMessage);
        message.MessageId = $"{turnId}:{attempt}";
        message.SessionId = Queues.SessionOf(owner, roomId);
        return turns.SendMessageAsync(message, cancellation);
    }

    public Task SendChunkAsync(ResponseChunk chunk, CancellationToken cancellation)
    {
        var message = BusMessages.Write(chunk, BusJson.Default.ResponseChunk);
        message.SessionId = chunk.TurnId;
        return chunks[Queues.ShardOf(chunk.TurnId, chunks.Length)].SendMessageAsync(message, cancellation);
    }

    public Task SendCancelAsync(string turnId, string instance, CancellationToken cancellation)
    {
        var message = BusMessages.Write(new CancelMessage(turnId), BusJson.Default.CancelMessage);
        message.SessionId = instance;
        return control.SendMessageAsync(message, cancellation);
    }

    public Task SendEvaluationsAsync(string turnId, string occasion, DateTimeOffset? at, CancellationToken cancellation)
    {
        var message = BusMessages.Write(new EvaluationMessage(turnId), BusJson.Default.EvaluationMessage);
        message.MessageId = $"{turnId}:{occasion}";
        if (at is { } due)
        {
            message.ScheduledEnqueueTime = due;
        }

        return evaluations.SendAsync(message, cancellation);
    }

    public Task<ServiceBusSessionReceiver> AcceptChunksAsync(string turnId, CancellationToken cancellation)
        => client.AcceptSessionAsync(
            Queues.OfChunks(streams.Shards)[Queues.ShardOf(turnId, streams.Shards)], turnId, new ServiceBusSessionReceiverOptions { PrefetchCount = Window }, cancellation);

    public Task<ServiceBusSessionReceiver> AcceptControlAsync(string instance, CancellationToken cancellation)
        => client.AcceptSessionAsync(Queues.Control, instance, new ServiceBusSessionReceiverOptions { PrefetchCount = Window }, cancellation);
}
