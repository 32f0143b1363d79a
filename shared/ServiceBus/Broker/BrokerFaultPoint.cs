namespace Vivace.ServiceBus.Broker;

/// <summary>Where the broker asks for a fault.</summary>
public enum BrokerFaultPoint
{
    /// <summary>A transfer has come; nothing is stored yet.</summary>
    BeforeAccepting,

    /// <summary>The message is durable; its sender does not know yet.</summary>
    BeforeAcknowledging,

    /// <summary>A message is locked for a receiver and about to be sent to it.</summary>
    BeforeDelivering,

    /// <summary>A settlement is durable; the receiver does not know yet.</summary>
    BeforeAnsweringSettlement,
}
