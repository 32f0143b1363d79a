using Vivace.Contracts.Streams;

namespace Vivace.Api.Streams;

/// <summary>One event of a stream, and where the text stands after it.</summary>
/// <param name="Attempt">The attempt that showed the text, from 1.</param>
/// <param name="Offset">UTF-16 units of text after the event.</param>
internal sealed record StreamItem(int Attempt, int Offset, StreamEvent Event)
{
    public bool IsTerminal => Event.Type is not (StreamEventTypes.Token or StreamEventTypes.Status);

    public bool IsText => Event.Type == StreamEventTypes.Token;
}
