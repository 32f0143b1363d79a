using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Vivace.Bench.Throughput;

/// <summary>One keep-alive HTTP/1.1 connection, one request at a time, with as little work as a client can do.</summary>
internal sealed class RawConnection : IDisposable
{
    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();
    private static readonly byte[] LengthHeader = "\r\nContent-Length: "u8.ToArray();

    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[1 << 16];

    public RawConnection(IPEndPoint server) => socket.Connect(server);

    /// <summary>Sends a whole request and reads the whole answer, which stays valid until the next call.</summary>
    public async ValueTask<RawAnswer> SendAsync(ReadOnlyMemory<byte> request)
    {
        await socket.SendAsync(request);
        var have = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(have));
            have += read > 0 ? read : throw new EndOfStreamException("The server closed the connection.");
            if (TryAnswer(buffer.AsMemory(0, have)) is { } answer)
            {
                return answer;
            }
        }
    }

    public void Dispose() => socket.Dispose();

    private static RawAnswer? TryAnswer(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        var head = span.IndexOf(EndOfHead);
        if (head < 0)
        {
            return null;
        }

        var body = bytes[(head + EndOfHead.Length)..];
        var header = span[..head].IndexOf(LengthHeader);
        var isWhole = header >= 0
            ? body.Length >= Number(span[(header + LengthHeader.Length)..])
            : body.Span.EndsWith("0\r\n\r\n"u8); // Chunked; the bodies are JSON on one line.
        return isWhole ? new RawAnswer(span.StartsWith("HTTP/1.1 2"u8), header >= 0 ? body : Dechunk(body)) : null;
    }

    /// <summary>Without the frame of a body that is one chunk; several are only counted.</summary>
    private static ReadOnlyMemory<byte> Dechunk(ReadOnlyMemory<byte> body)
    {
        var line = body.Span.IndexOf("\r\n"u8);
        return body[(line + 2)..^7];
    }

    private static int Number(ReadOnlySpan<byte> text)
        => System.Buffers.Text.Utf8Parser.TryParse(text, out int number, out _) ? number : throw new InvalidDataException(Encoding.ASCII.GetString(text));
}
