using Vivace.Contracts.Streams;

namespace Vivace.Client.Streams;

/// <summary>Text to append to what was there.</summary>
public sealed record TurnText(StreamEventId Id, StreamEvent Wire) : TurnEvent(Id, Wire)
{
    /// <summary>At least one UTF-16 unit.</summary>
    public string Text => Wire.Text ?? "";
}
