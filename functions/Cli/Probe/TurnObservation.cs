using Vivace.Client.Streams;
using Vivace.Contracts.Problems;
using Vivace.Contracts.Processing;
using Vivace.Contracts.Turns;

namespace Vivace.Cli.Probe;

/// <summary>What came back for one message.</summary>
/// <param name="Turn">What was sent.</param>
/// <param name="TurnId">The turn; null where the message was refused.</param>
internal sealed record TurnObservation(ProbeTurn Turn, string? TurnId)
{
    /// <summary>The room that the reply names; null where it names none.</summary>
    public string? RoomId { get; init; }

    public string Text { get; init; } = "";

    public bool Responded { get; init; }

    public bool Blocked { get; init; }

    /// <summary>What the reply says of its processing; null where the message was refused.</summary>
    public ProcessingReport? Report { get; init; }

    /// <summary>Every event as it came, when streamed.</summary>
    public IReadOnlyList<ReceivedEvent> Events { get; init; } = [];

    /// <summary>What the server says of the turn afterwards.</summary>
    public TurnDetails? Record { get; init; }

    /// <summary>Why it was refused.</summary>
    public Problem? Refusal { get; init; }
}
