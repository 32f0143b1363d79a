using Vivace.Contracts.Processing;

namespace Vivace.Contracts.Messages;

/// <summary>Reply to a message that was sent as one JSON call.</summary>
public sealed record MessageReply
{
    /// <summary>The reply; empty when the agent chose not to respond.</summary>
    public required string Text { get; init; }

    /// <summary>The agent's name.</summary>
    public required string AgentName { get; init; }

    /// <summary>The turn, for <c>GET /api/turns/{turnId}</c>.</summary>
    public required string TurnId { get; init; }

    /// <summary>The conversation's room.</summary>
    public required string RoomId { get; init; }

    /// <summary>False when the agent chose not to respond.</summary>
    public required bool Responded { get; init; }

    /// <summary>True when an evaluator blocked the turn and <see cref="Text"/> is its replacement.</summary>
    public required bool Blocked { get; init; }

    /// <summary>What was asked for and what was done.</summary>
    public required ProcessingReport Processing { get; init; }
}
