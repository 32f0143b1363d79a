using System.Globalization;
using System.Text;

namespace Vivace.Testing.FunctionsHost;

/// <summary>One recorded request of the Functions host.</summary>
public sealed record HostRecording(string Name, string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body)
{
    /// <summary>The host writes chunked bodies in pieces of this length.</summary>
    private const int ChunkLength = 1024;

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Recordings", "functions-host");

    public bool IsChunked => Headers.Any(h => h.Name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase));

    public static IReadOnlyList<HostRecording> All { get; } =
        [.. Directory.GetFiles(Folder, "*.request.txt").Order(StringComparer.Ordinal).Select(path => Parse(Path.GetFileName(path)[..^".request.txt".Length], File.ReadAllBytes(path)))];

    public static HostRecording Read(string name) => All.Single(r => r.Name == name);

    /// <summary>The request as it goes over the wire.</summary>
    public byte[] ToBytes()
    {
        using var wire = new MemoryStream();
        Write($"{Method} {Target} HTTP/1.1\r\n");
        foreach (var (name, value) in Headers)
        {
            Write($"{name}: {value}\r\n");
        }

        Write("\r\n");
        if (!IsChunked)
        {
            wire.Write(Body);
            return wire.ToArray();
        }

        foreach (var piece in Body.Chunk(ChunkLength))
        {
            Write(string.Create(CultureInfo.InvariantCulture, $"{piece.Length:x}\r\n"));
            wire.Write(piece);
            Write("\r\n");
        }

        Write("0\r\n\r\n");
        return wire.ToArray();

        void Write(string text) => wire.Write(Encoding.Latin1.GetBytes(text));
    }

    private static HostRecording Parse(string name, byte[] bytes)
    {
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        var lines = Encoding.Latin1.GetString(bytes, 0, end).Split("\r\n");
        var request = lines[0].Split(' ');
        var headers = lines.Skip(1).Select(line => (line[..line.IndexOf(':', StringComparison.Ordinal)], line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()));
        return new HostRecording(name, request[0], request[1], [.. headers], bytes[(end + 4)..]);
    }
}
