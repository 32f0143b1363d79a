namespace Vivace.ServiceBus.Broker.Engine;

/// <summary>What a receiver's peer calls it; names are unique on a connection only.</summary>
internal readonly record struct ReceiverName(object Connection, string LinkName);
