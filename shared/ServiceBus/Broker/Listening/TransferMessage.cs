using Amqp;

namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>A message as it came, not decoded.</summary>
internal sealed class TransferMessage(ByteBuffer buffer) : Message
{
    public ReadOnlyMemory<byte> Encoded { get; } = buffer.Buffer.AsMemory(buffer.Offset, buffer.Length);

    /// <summary>Decodes a request; the encoded form stays as it is.</summary>
    public Message ToRequest()
    {
        var bytes = Encoded.ToArray();
        return Decode(new ByteBuffer(bytes, 0, bytes.Length, bytes.Length));
    }
}
