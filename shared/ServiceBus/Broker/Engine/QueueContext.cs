namespace Vivace.ServiceBus.Broker.Engine;

/// <summary>What all queues of a broker share.</summary>
/// <param name="MarkDead">Writes the reason into an encoded message.</param>
internal sealed record QueueContext(
    JournalPump Journal, UniqueIds Ids, TimeProvider Time, Func<ReadOnlyMemory<byte>, DeadLetterReason, ReadOnlyMemory<byte>> MarkDead);
