using Vivace.Contracts.Messages;

namespace Vivace.Runtime.Processing;

/// <summary>What every entry to the runtime must say of a message, whichever way it came in. There is no default room.</summary>
public sealed record RuntimeCallOptions
{
    /// <summary>The turn.</summary>
    public required string TurnId { get; init; }

    /// <summary>Its conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>The room in which the agent remembers, not empty.</summary>
    public required string RoomId { get; init; }

    /// <summary>Whose conversation it is, not empty.</summary>
    public required string Owner { get; init; }

    /// <summary>
    /// Position of the turn in the conversation, from 1: what is before it, its prompt shows. Of a turn that has not been written
    /// down yet the position expected; another that is accepted meanwhile may get it, and this one the next.
    /// </summary>
    public required long Number { get; init; }

    /// <summary>Which delivery of the turn this is, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The message.</summary>
    public required string Text { get; init; }

    /// <summary>Where it was said.</summary>
    public ChannelType ChannelType { get; init; }

    /// <summary>Whether text is released while it is generated.</summary>
    public bool Streamed { get; init; }

    /// <summary>Whether the agent is muted in the room.</summary>
    public bool Muted { get; init; }

    /// <summary>Whether the agent itself said it.</summary>
    public bool FromAgent { get; init; }

    /// <summary>The rollout that it is part of; null: none, or it is not measured.</summary>
    public TurnRollout? Rollout { get; init; }

    /// <summary>What a drill does to it if it is served fast; null: it is no drill. Not kept: whoever takes the turn over runs it without.</summary>
    public InjectedFault? Fault { get; init; }

    /// <summary>How it is processed.</summary>
    public required ProcessingDecision Processing { get; init; }
}
