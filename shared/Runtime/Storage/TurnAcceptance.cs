using Vivace.Contracts.Messages;
using Vivace.Runtime.Processing;

namespace Vivace.Runtime.Storage;

/// <summary>What one transaction writes when a message is accepted: message, turn with the time it is due, idempotency key.</summary>
public sealed record TurnAcceptance
{
    /// <summary>The turn, new.</summary>
    public required string TurnId { get; init; }

    /// <summary>Its conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>Whose conversation it is; of another owner the store knows no such conversation.</summary>
    public required string Owner { get; init; }

    /// <summary>The room of the conversation.</summary>
    public required string RoomId { get; init; }

    /// <summary>Id of the message's row, new.</summary>
    public required string MessageId { get; init; }

    /// <summary>The message as it was sent.</summary>
    public required string Text { get; init; }

    /// <summary>Where it was said.</summary>
    public required ChannelType ChannelType { get; init; }

    /// <summary>Whether text is released while it is generated.</summary>
    public bool Streamed { get; init; }

    /// <summary>The <see cref="Contracts.Processing.ProcessingReport"/> as JSON.</summary>
    public required string Processing { get; init; }

    /// <summary>When it is accepted, UTC; stored in whole milliseconds.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The rollout that it is part of; null: none, or it is not measured.</summary>
    public TurnRollout? Rollout { get; init; }

    /// <summary>The instance that runs it from here on, as attempt 1; null: it waits for a worker, as attempt 0.</summary>
    public string? Worker { get; init; }

    /// <summary>When the turn is handed to a worker unless one has begun it, or its own has ended it, by then.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>The client's key for this message, kept for 24 hours; null for none.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Hash of what the client sent under the key, by which a repetition is told from another message; null without a key.</summary>
    public string? PayloadHash { get; init; }
}
