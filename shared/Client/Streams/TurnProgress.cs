using Vivace.Contracts.Streams;

namespace Vivace.Client.Streams;

/// <summary>What the turn is doing; the first says <c>accepted</c>.</summary>
public sealed record TurnProgress(StreamEventId Id, StreamEvent Wire) : TurnEvent(Id, Wire)
{
    /// <summary>A constant for programs.</summary>
    public string Status => Wire.Status ?? "";
}
