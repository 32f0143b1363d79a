using Vivace.Contracts.Streams;

namespace Vivace.Client.Streams;

/// <summary>
/// Something that happened in a streamed turn: <see cref="TurnProgress"/> and <see cref="TurnText"/> in any number and order,
/// then one <see cref="TurnEnd"/>.
/// </summary>
/// <param name="Id">Where the stream stands after it; resuming after it brings what follows.</param>
/// <param name="Wire">The event on the wire; of text that came twice, only what is new.</param>
public abstract record TurnEvent(StreamEventId Id, StreamEvent Wire)
{
    /// <summary>The turn.</summary>
    public string TurnId => Wire.TurnId;
}
