namespace Vivace.ServiceBus.Broker.Engine;

/// <summary>What the queue must know of a message that is sent to it.</summary>
internal sealed record IncomingMessage(
    ReadOnlyMemory<byte> Encoded, string? MessageId, string? SessionId, TimeSpan? TimeToLive, DateTimeOffset? ScheduledFor);
