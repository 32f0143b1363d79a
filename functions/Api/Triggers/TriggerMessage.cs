namespace Vivace.Api.Triggers;

/// <summary>A message of Service Bus, as a trigger brings it. What the broker or the host left out is null.</summary>
internal sealed record TriggerMessage(
    ReadOnlyMemory<byte> Body,
    string? MessageId,
    string? SessionId,
    long? DeliveryCount,
    long? SequenceNumber,
    DateTimeOffset? EnqueuedTimeUtc,
    IReadOnlyDictionary<string, object> ApplicationProperties);
