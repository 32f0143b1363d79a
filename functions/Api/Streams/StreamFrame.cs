using Vivace.Contracts.Streams;

namespace Vivace.Api.Streams;

/// <summary>What is written to a reader: an event with its id, a heartbeat, or the request to come again.</summary>
/// <param name="Id">Null: there is no event.</param>
/// <param name="ComeAgain">The response ends here though the stream does not.</param>
internal readonly record struct StreamFrame(StreamEventId? Id, StreamEvent? Event, bool ComeAgain = false)
{
    public static StreamFrame Heartbeat => default;

    public static StreamFrame Resume => new(null, null, ComeAgain: true);
}
