namespace Vivace.ServiceBus;

/// <summary>Where a message stands in its queue; the numbers are those of the wire.</summary>
public enum ServiceBusMessageState
{
    /// <summary>It waits for a receiver, or one holds it.</summary>
    Active = 0,

    /// <summary>It was set aside; only its sequence number brings it.</summary>
    Deferred = 1,

    /// <summary>Its time to be enqueued has not come.</summary>
    Scheduled = 2,
}
