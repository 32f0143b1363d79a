namespace Vivace.ServiceBus.Broker.Engine;

internal enum SettlementKind
{
    Complete,

    /// <summary>Comes back, and the delivery counts.</summary>
    Abandon,

    /// <summary>Comes back as though it had never been delivered.</summary>
    Release,
    Defer,
    DeadLetter,
}
