using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Vivace.ServiceBus.Broker.Engine;

/// <summary>Lock tokens and message ids: random for each run of the broker, counted within it.</summary>
internal sealed class UniqueIds
{
    private readonly byte[] run = RandomNumberGenerator.GetBytes(8);
    private long count;

    public Guid Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, Interlocked.Increment(ref count));
        run.CopyTo(bytes[8..]);
        return new Guid(bytes);
    }
}
