using System.Globalization;

namespace Vivace.Contracts.Streams;

/// <summary>The <c>id:</c> of a stream's event; a client that resumes sends the last one it saw as <c>Last-Event-ID</c>.</summary>
/// <param name="Attempt">The attempt that showed the text, from 1.</param>
/// <param name="Sequence">Position of the event among those that the client has got, from 0.</param>
/// <param name="Offset">UTF-16 units of text after the event, from 0.</param>
public readonly record struct StreamEventId(int Attempt, int Sequence, int Offset)
{
    /// <summary>No stream comes near, and what is counted on from it stays a number.</summary>
    private const int Most = 1_000_000_000;

    /// <summary>Reads the form that <see cref="ToString"/> gives; false for any other, and for a number over a thousand million.</summary>
    public static bool TryParse(string text, out StreamEventId id)
    {
        id = default;
        Span<Range> parts = stackalloc Range[4];
        var span = text.AsSpan();
        if (span.Split(parts, '-') != 3 || !TryNumber(span[parts[0]], out var attempt) || !TryNumber(span[parts[1]], out var sequence) || !TryNumber(span[parts[2]], out var offset))
        {
            return false;
        }

        id = new StreamEventId(attempt, sequence, offset);
        return true;
    }

    /// <summary>The form on the wire.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Attempt}-{Sequence}-{Offset}");

    private static bool TryNumber(ReadOnlySpan<char> text, out int number)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= Most;
}
