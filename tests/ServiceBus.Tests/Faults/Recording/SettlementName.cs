namespace Vivace.ServiceBus.Tests.Faults.Recording;

/// <summary>How a receiver ends a delivery.</summary>
internal enum SettlementName
{
    Complete,
    Abandon,
    DeadLetter,
}
