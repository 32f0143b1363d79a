using Amqp;
using Amqp.Types;
using Vivace.ServiceBus.Wire;

namespace Vivace.ServiceBus.Receiving;

/// <summary>Messages that the management node answers with: each encoded, in a list of maps.</summary>
internal static class Enclosed
{
    public static IReadOnlyList<ServiceBusReceivedMessage> Read(Map answer, bool isPeeked)
        => answer["messages"] is List messages ? [.. messages.OfType<Map>().Select(entry => ReadOne(entry, isPeeked))] : [];

    private static ServiceBusReceivedMessage ReadOne(Map entry, bool isPeeked)
    {
        var encoded = (byte[])entry["message"];
        var token = entry["lock-token"] is Guid locked ? locked : Guid.Empty;
        return MessageReader.Read(Message.Decode(new ByteBuffer(encoded, 0, encoded.Length, encoded.Length)), token, isPeeked, isDelivery: false);
    }
}
