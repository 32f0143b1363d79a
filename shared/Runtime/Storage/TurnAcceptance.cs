using Vivace.Contracts.Messages;
using Vivace.Runtime.Processing;

namespace Vivace.Runtime.Storage;

/// <summary>What one transaction writes when a message is accepted: message, turn with the time it is due, idempotency key.</summary>
public sealed record TurnAcceptance
{
    public required string TurnId { get; init; }

    public required string ConversationId { get; init; }

    public required string Owner { get; init; }

    public required string RoomId { get; init; }

    public required string MessageId { get; init; }

    public required string Text { get; init; }

    public required ChannelType ChannelType { get; init; }

    public bool Streamed { get; init; }

    /// <summary>The <see cref="Contracts.Processing.ProcessingReport"/> as JSON.</summary>
    public required string Processing { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The rollout that it is part of; null: none, or it is not measured.</summary>
    public TurnRollout? Rollout { get; init; }

    /// <summary>The instance that runs it from here on, as attempt 1; null: it waits for a worker, as attempt 0.</summary>
    public string? Worker { get; init; }

    /// <summary>When the turn is handed to a worker unless one has begun it, or its own has ended it, by then.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>The client's key for this message; null for none.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Hash of what the client sent under the key.</summary>
    public string? PayloadHash { get; init; }
}
