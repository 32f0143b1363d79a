namespace Vivace.ServiceBus.Broker.Engine;

/// <param name="SequenceNumbers">One for each message, 0 for a duplicate.</param>
internal readonly record struct SendOutcome(QueueFault Fault, IReadOnlyList<long> SequenceNumbers);
