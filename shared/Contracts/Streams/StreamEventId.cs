using System.Globalization;

namespace Vivace.Contracts.Streams;

/// <summary>The id of a stream event, <c>{attempt}-{sequence}-{offset}</c>, as clients return it in <c>Last-Event-ID</c>.</summary>
/// <param name="Attempt">The delivery that generated the text, from 1.</param>
/// <param name="Sequence">Position of the event in its stream, from 0.</param>
/// <param name="Offset">UTF-16 units of text after the event, from 0.</param>
public readonly record struct StreamEventId(int Attempt, int Sequence, int Offset)
{
    /// <summary>The form on the wire.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Attempt}-{Sequence}-{Offset}");
}
