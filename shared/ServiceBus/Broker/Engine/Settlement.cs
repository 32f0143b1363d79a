namespace Vivace.ServiceBus.Broker.Engine;

/// <param name="Kind">How the message ends, or stays.</param>
/// <param name="Encoded">The message with changed properties; null leaves it as it is.</param>
internal readonly record struct Settlement(SettlementKind Kind, ReadOnlyMemory<byte>? Encoded = null);
