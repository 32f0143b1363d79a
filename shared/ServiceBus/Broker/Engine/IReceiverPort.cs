namespace Vivace.ServiceBus.Broker.Engine;

/// <summary>The way to a receiver. Called outside of the queue's lock, one call at a time and in order.</summary>
internal interface IReceiverPort
{
    void Deliver(Delivery delivery);

    /// <summary>Everything there was has been delivered; so much credit is void.</summary>
    void Drained(int credit);

    /// <summary>Whether it is the link of that name on that connection.</summary>
    bool IsOf(object connection, string linkName);

    /// <summary>The session's lock has expired; the queue has closed the receiver.</summary>
    void SessionLockLost();
}
