namespace Vivace.ServiceBus.Broker.Engine;

internal enum MessageStage
{
    /// <summary>Handed to the journal, not durable yet; nobody sees it.</summary>
    Staged,
    Scheduled,
    Available,
    Locked,
    Deferred,

    /// <summary>Left the queue.</summary>
    Gone,
}
