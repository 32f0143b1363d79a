using Vivace.Contracts.Streams;

namespace Vivace.Api.Streams;

/// <summary>One event of a stream with its id.</summary>
internal sealed record StreamItem(StreamEventId Id, StreamEvent Event)
{
    public bool IsTerminal => Event.Type is not (StreamEventTypes.Token or StreamEventTypes.Status);
}
