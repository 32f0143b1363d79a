namespace Vivace.ServiceBus;

/// <summary>Where a message stands in its queue; the numbers are those of the wire.</summary>
public enum ServiceBusMessageState
{
    Active = 0,
    Deferred = 1,
    Scheduled = 2,
}
