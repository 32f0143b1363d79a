namespace Vivace.ServiceBus.Broker.Engine;

internal enum DueKind
{
    MessageLock,
    SessionLock,
    Expiry,
    Schedule,
    AcceptTimeout,
    DuplicateIds,

    /// <summary>A message that the journal did not let go of is offered again.</summary>
    Reinstated,
}
