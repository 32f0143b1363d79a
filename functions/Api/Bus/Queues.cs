using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Vivace.Api.Bus;

/// <summary>The queues that carry work, and the sessions that keep its order.</summary>
internal static class Queues
{
    /// <summary>Accepted turns; the session is the owner's room, so that a room keeps its order and delays no other owner's.</summary>
    public const string Turns = "turns";

    /// <summary>Text of streamed turns while they run; the session is the turn.</summary>
    public const string Chunks = "chunks";

    /// <summary>Cancellations; the session is the instance that runs the turn.</summary>
    public const string Control = "control";

    /// <summary>Turns whose deferred evaluators are to run; no sessions.</summary>
    public const string Evaluations = "evaluations";

    /// <summary>The queues over which chunks are spread.</summary>
    public static IReadOnlyList<string> OfChunks(int shards) => shards == 1 ? [Chunks] : [.. Enumerable.Range(0, shards).Select(n => $"{Chunks}-{n}")];

    /// <summary>The same on every instance: FNV-1a of the turn's id.</summary>
    public static int ShardOf(string turnId, int shards) => (int)(turnId.Aggregate(2166136261u, (hash, c) => (hash ^ c) * 16777619u) % (uint)shards);

    public static string SessionOf(string owner, string roomId)
        => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{owner}\0{roomId}")));
}
