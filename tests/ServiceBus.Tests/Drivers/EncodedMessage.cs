using Amqp;
using Amqp.Framing;

namespace Vivace.ServiceBus.Tests.Drivers;

/// <summary>Encoded messages as a client would send them.</summary>
internal static class EncodedMessage
{
    public static byte[] Of(string body) => Of(new Message { BodySection = new AmqpValue { Value = body } });

    public static byte[] Of(Message message)
    {
        var buffer = message.Encode();
        return buffer.Buffer.AsSpan(buffer.Offset, buffer.Length).ToArray();
    }

    public static Message Decode(ReadOnlyMemory<byte> encoded)
    {
        var bytes = encoded.ToArray();
        return Message.Decode(new ByteBuffer(bytes, 0, bytes.Length, bytes.Length));
    }

    public static string Body(ReadOnlyMemory<byte> encoded) => (string)Decode(encoded).Body;
}
