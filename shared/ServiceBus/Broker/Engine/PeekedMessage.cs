namespace Vivace.ServiceBus.Broker.Engine;

/// <summary>A message as it was when it was peeked at.</summary>
internal sealed record PeekedMessage(QueuedMessage Message, ReadOnlyMemory<byte> Encoded, int DeliveryCount, StoredMessageState State);
