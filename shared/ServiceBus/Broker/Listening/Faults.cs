using Amqp;
using Amqp.Framing;
using Vivace.ServiceBus.Broker.Engine;
using Vivace.ServiceBus.Wire;

namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>The words of Service Bus for what went wrong.</summary>
internal static class Faults
{
    public static Error Of(QueueFault fault) => fault switch
    {
        QueueFault.SessionRequired => new Error(ErrorCode.NotAllowed) { Description = "The SessionId was not set on a message, and it cannot be sent to the entity. Entities that have session support enabled can only receive messages that have the SessionId set to a valid value." },
        QueueFault.MessageLockLost => new Error(AmqpNames.Condition.MessageLockLost) { Description = "The lock supplied is invalid. Either the lock expired, or the message has already been removed from the queue." },
        QueueFault.SessionLockLost => new Error(AmqpNames.Condition.SessionLockLost) { Description = "The session lock was lost. Request a new session receiver." },
        QueueFault.MessageNotFound => new Error(AmqpNames.Condition.MessageNotFound) { Description = "Failed to find the specified message." },
        _ => ServerBusy(),
    };

    public static Error ServerBusy() => new(AmqpNames.Condition.ServerBusy) { Description = "The broker cannot take this at present; try again." };

    public static Error NotFound(string address) => new(ErrorCode.NotFound) { Description = $"The messaging entity '{address}' could not be found." };

    public static Error Unauthorized() => new(ErrorCode.UnauthorizedAccess) { Description = "Put a valid token first." };

    public static Error Malformed(string why) => new(AmqpNames.Condition.ArgumentError) { Description = why };
}
