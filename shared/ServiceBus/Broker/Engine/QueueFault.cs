namespace Vivace.ServiceBus.Broker.Engine;

/// <summary>Why a queue did not do what was asked.</summary>
internal enum QueueFault
{
    None,
    SessionRequired,
    MessageLockLost,
    SessionLockLost,
    MessageNotFound,

    /// <summary>The journal did not take it.</summary>
    Unavailable,
}
