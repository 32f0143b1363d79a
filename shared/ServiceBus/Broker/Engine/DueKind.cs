namespace Vivace.ServiceBus.Broker.Engine;

internal enum DueKind
{
    MessageLock,
    SessionLock,
    Expiry,
    Schedule,
    AcceptTimeout,
    DuplicateIds,
}
