using Vivace.Contracts.Processing;

namespace Vivace.Contracts.Streams;

/// <summary>
/// The data of one Server-Sent Event. Each carries <c>id: {attempt}-{sequence}-{offset}</c>, the offset in UTF-16 units
/// of text after the event. A stream has exactly one terminal event: done, error, cancelled or interrupted.
/// </summary>
public sealed record StreamEvent
{
    /// <summary>One of <see cref="StreamEventTypes"/>.</summary>
    public required string Type { get; init; }

    /// <summary>The turn.</summary>
    public required string TurnId { get; init; }

    /// <summary>On <c>token</c>: text to append. No surrogate pair is split over two events.</summary>
    public string? Text { get; init; }

    /// <summary>On <c>status</c>: what the turn is doing.</summary>
    public string? Status { get; init; }

    /// <summary>On a terminal event: the whole text; where an evaluator blocked the turn, its replacement.</summary>
    public string? FullText { get; init; }

    /// <summary>On <c>done</c>: the agent's name.</summary>
    public string? AgentName { get; init; }

    /// <summary>On <c>done</c>: the conversation's room.</summary>
    public string? RoomId { get; init; }

    /// <summary>On <c>done</c>: false when the agent chose not to respond.</summary>
    public bool? Responded { get; init; }

    /// <summary>On <c>done</c>: true when an evaluator blocked the turn.</summary>
    public bool? Blocked { get; init; }

    /// <summary>On <c>error</c>: a sentence for people.</summary>
    public string? Message { get; init; }

    /// <summary>On <c>error</c>: a constant for programs.</summary>
    public string? Code { get; init; }

    /// <summary>On a terminal event: what was asked for and what was done.</summary>
    public ProcessingReport? Processing { get; init; }
}
