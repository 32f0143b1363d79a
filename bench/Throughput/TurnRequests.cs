using System.Globalization;
using System.Text;
using System.Text.Json;
using Vivace.Bench.Children;

namespace Vivace.Bench.Throughput;

/// <summary>The requests of one mode, one for each of 64 conversations, ready to be sent.</summary>
internal sealed class TurnRequests(byte[][] requests)
{
    private const int ConversationCount = 64;
    private const string NoKey = "0000000000000000";

    private long keys;
    private bool keyed;

    /// <summary>The same, each under a key of its own, so that a turn is accepted by a write of its own before it runs.</summary>
    public TurnRequests WithKeys() => new(requests) { keyed = true };

    /// <summary>What a connection sends.</summary>
    /// <param name="number">The connection's.</param>
    /// <param name="sent">How many it has sent.</param>
    public ReadOnlyMemory<byte> Of(long number, long sent)
    {
        var request = requests[(number + sent) % requests.Length];
        return keyed ? UnderNextKey(request) : request;
    }

    /// <summary>Makes conversations and sees that a turn of the mode is served in that mode.</summary>
    public static async Task<TurnRequests> PrepareAsync(ChildServer vivace, string mode)
    {
        using var connection = new RawConnection(vivace.EndPoint);
        var ids = new string[ConversationCount];
        for (var i = 0; i < ids.Length; i++)
        {
            using var made = JsonDocument.Parse((await connection.SendAsync(Post("/api/conversations", "{}", 0))).Body);
            ids[i] = made.RootElement.GetProperty("conversation").GetProperty("id").GetString()!;
        }

        // The second turn of a conversation and all after it have history, and so the usual size.
        await connection.SendAsync(Message(ids[0], mode, 0));
        var answer = await connection.SendAsync(Message(ids[0], mode, 0));
        using var reply = JsonDocument.Parse(answer.Body);
        var effective = reply.RootElement.GetProperty("processing").GetProperty("effective").GetProperty("mode").GetString();
        return effective == mode
            ? new TurnRequests([.. ids.Select(id => Message(id, mode, answer.Body.Length))])
            : throw new InvalidOperationException($"A {mode} turn was served {effective}: {answer.Text}");
    }

    /// <summary>In place of a header of the same length.</summary>
    private byte[] UnderNextKey(byte[] request)
    {
        var copy = (byte[])request.Clone();
        var header = copy.AsSpan(copy.AsSpan().IndexOf("X-Unused-Header"u8));
        "Idempotency-Key: "u8.CopyTo(header);
        var key = Interlocked.Increment(ref keys).ToString("x16", CultureInfo.InvariantCulture);
        Encoding.ASCII.GetBytes(key, header["Idempotency-Key: ".Length..]);
        return copy;
    }

    private static byte[] Message(string conversation, string mode, int replyBytes) => Post(
        $"/api/conversations/{conversation}/messages",
        $$"""{"text":"{{BenchMessage.Text}}","processing":{ "mode":"{{mode}}" } }""",
        replyBytes);

    /// <param name="replyBytes">How long the bare endpoint's answer is to be; Vivace does not know the header.</param>
    private static byte[] Post(string path, string body, int replyBytes) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nX-Reply-Bytes: {replyBytes}\r\nX-Unused-Header: {NoKey}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));
}
