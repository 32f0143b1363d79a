using Vivace.Contracts.Streams;

namespace Vivace.Client.Streams;

/// <summary>An event as it came over one connection.</summary>
/// <param name="Id">Its <c>id:</c>.</param>
/// <param name="Event">Its <c>data:</c>.</param>
public sealed record ReceivedEvent(StreamEventId Id, StreamEvent Event)
{
    /// <summary>Whether it ends its stream.</summary>
    public bool IsTerminal => Event.Type
        is StreamEventTypes.Done or StreamEventTypes.Error or StreamEventTypes.Cancelled or StreamEventTypes.Interrupted;
}
