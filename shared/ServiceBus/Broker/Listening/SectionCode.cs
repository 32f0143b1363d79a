namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>Descriptors of a message's sections (part 3 of the specification), which come in this order.</summary>
internal static class SectionCode
{
    public const byte Header = 0x70;
    public const byte DeliveryAnnotations = 0x71;
    public const byte MessageAnnotations = 0x72;
    public const byte Properties = 0x73;
    public const byte ApplicationProperties = 0x74;
    public const byte Data = 0x75;
}
