using System.Text;

namespace Vivace.Testing.Streams;

/// <summary>Finds events in bytes that arrive in any pieces; what is not complete is kept, or lost with the connection.</summary>
public sealed class SseScanner
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly List<byte> pending = [];

    /// <summary>Whether the last byte was the first of a longer code point.</summary>
    public bool IsInsideCodePoint { get; private set; }

    /// <summary>Whether the server asked to come again.</summary>
    public bool AskedToResume { get; private set; }

    /// <summary>The events that the bytes complete.</summary>
    /// <exception cref="FormatException">The server wrote something that is neither event nor comment.</exception>
    public IEnumerable<SseEvent> Feed(ReadOnlyMemory<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            var value = bytes.Span[i];
            IsInsideCodePoint = value >= 0xC0;
            pending.Add(value);
            if (pending.Count < 2 || value != '\n' || pending[^2] != '\n')
            {
                continue;
            }

            var lines = Strict.GetString([.. pending]).TrimEnd('\n').Split('\n');
            pending.Clear();
            if (lines is ["retry: 100"])
            {
                AskedToResume = true;
            }
            else if (lines is [var id, var data] && id.StartsWith("id: ", StringComparison.Ordinal) && data.StartsWith("data: ", StringComparison.Ordinal))
            {
                yield return SseEvent.Parse(id[4..], data[6..]);
            }
            else if (lines is not [['\u003a', ..]])
            {
                throw new FormatException($"Not an event: {string.Join('|', lines)}");
            }
        }
    }
}
