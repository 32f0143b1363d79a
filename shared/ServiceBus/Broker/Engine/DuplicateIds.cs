using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Vivace.ServiceBus.Broker.Engine;

/// <summary>
/// The message ids of the last while, of each the first half of its SHA-256: a busy queue keeps many, and ids may be long. The
/// window is constant, so they expire in the order in which they came.
/// </summary>
internal sealed class DuplicateIds
{
    private readonly Dictionary<UInt128, long> until = [];
    private readonly Queue<(UInt128 Id, long Until)> line = new();

    public DuplicateIds() => Due = new(this, DueKind.DuplicateIds);

    public DueEntry Due { get; }

    public DateTimeOffset? Earliest => line.TryPeek(out var first) ? new DateTimeOffset(first.Until, TimeSpan.Zero) : null;

    public bool Contains(string id, DateTimeOffset now) => until.TryGetValue(KeyOf(id), out var kept) && kept > now.UtcTicks;

    public void Keep(string id, DateTimeOffset keep)
    {
        var key = KeyOf(id);
        until[key] = keep.UtcTicks;
        line.Enqueue((key, keep.UtcTicks));
    }

    /// <summary>For a message that was not stored in the end.</summary>
    public void Forget(string id) => until.Remove(KeyOf(id));

    public void ForgetUntil(DateTimeOffset now)
    {
        while (line.TryPeek(out var first) && first.Until <= now.UtcTicks)
        {
            line.Dequeue();
            if (until.TryGetValue(first.Id, out var kept) && kept <= now.UtcTicks)
            {
                until.Remove(first.Id);
            }
        }
    }

    /// <summary>Of the text as it stands in memory: no two ids are equal but those that are.</summary>
    private static UInt128 KeyOf(string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(id.AsSpan()), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
