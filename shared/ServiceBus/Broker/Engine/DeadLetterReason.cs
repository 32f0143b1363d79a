namespace Vivace.ServiceBus.Broker.Engine;

/// <summary>Why the broker itself dead-letters; the words are those of Service Bus.</summary>
internal sealed record DeadLetterReason(string Reason, string Description)
{
    public static DeadLetterReason Expired { get; } = new("TTLExpiredException", "The message expired and was dead lettered.");

    public static DeadLetterReason TooManyDeliveries { get; }
        = new("MaxDeliveryCountExceeded", "Message could not be consumed after the maximum number of delivery attempts.");
}
