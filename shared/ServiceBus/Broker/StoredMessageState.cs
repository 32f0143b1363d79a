namespace Vivace.ServiceBus.Broker;

/// <summary>The numbers are those of the annotation <c>x-opt-message-state</c>.</summary>
public enum StoredMessageState
{
    Active = 0,
    Deferred = 1,
    Scheduled = 2,
}
