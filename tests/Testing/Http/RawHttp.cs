using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Vivace.Testing.Http;

/// <summary>Sends bytes over TCP and reads one HTTP/1.1 response, for requests that no client library would send.</summary>
public static class RawHttp
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static async Task<RawAnswer> SendAsync(Uri address, byte[] request)
    {
        using var limit = new CancellationTokenSource(Limit);
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(address.Host, address.Port, limit.Token);
        await using var stream = client.GetStream();

        // Not awaited: who refuses a request answers and closes before having read all of it, and then writing on fails.
        var writing = stream.WriteAsync(request, limit.Token).AsTask();
        _ = writing.ContinueWith(t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        var received = new List<byte>();
        var buffer = new byte[8192];
        while (true)
        {
            if (RawAnswer.TryParse([.. received], ended: false) is { } answer)
            {
                return answer;
            }

            var count = await stream.ReadAsync(buffer, limit.Token);
            if (count == 0)
            {
                return RawAnswer.TryParse([.. received], ended: true) ?? throw new EndOfStreamException("The connection was closed without an answer.");
            }

            received.AddRange(buffer[..count]);
        }
    }

    public static Task<RawAnswer> SendAsync(Uri address, string request) => SendAsync(address, Encoding.UTF8.GetBytes(request));
}

/// <summary>A response as it came over the wire; the body still chunked where it is.</summary>
public sealed record RawAnswer(int Status, string Head, string Body)
{
    internal static RawAnswer? TryParse(byte[] bytes, bool ended)
    {
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return null;
        }

        var head = Encoding.Latin1.GetString(bytes, 0, end);
        var body = Encoding.UTF8.GetString(bytes.AsSpan(end + 4));
        var complete = ended
            || (head.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase) && body.EndsWith("0\r\n\r\n", StringComparison.Ordinal))
            || LengthOf(head) is { } length && bytes.Length - end - 4 >= length;
        return complete ? new RawAnswer(int.Parse(head.Split(' ')[1], CultureInfo.InvariantCulture), head, body) : null;
    }

    private static int? LengthOf(string head)
    {
        var line = head.Split("\r\n").FirstOrDefault(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return line is null ? null : int.Parse(line.AsSpan("Content-Length:".Length), CultureInfo.InvariantCulture);
    }
}
