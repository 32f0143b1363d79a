using Vivace.Contracts.Messages;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Processing;

namespace Vivace.Runtime.Storage;

/// <summary>A stored turn.</summary>
public sealed record TurnRow
{
    public required string TurnId { get; init; }

    public required string ConversationId { get; init; }

    public required string RoomId { get; init; }

    public required string Owner { get; init; }

    /// <summary>Position in the conversation, from 1.</summary>
    public required long Number { get; init; }

    public required TurnStatus Status { get; init; }

    /// <summary>The attempt that may complete the turn, from 1: a fence against an older one. 0: none has begun.</summary>
    public required int Attempt { get; init; }

    /// <summary>The instance that runs it; null before any has begun.</summary>
    public string? Worker { get; init; }

    /// <summary>The attempt that has shown text; null before any has.</summary>
    public int? StreamingAttempt { get; init; }

    /// <summary>What has been shown, at least; null before the first text and after the end.</summary>
    public string? Checkpoint { get; init; }

    public bool CancelRequested { get; init; }

    public required ChannelType ChannelType { get; init; }

    public bool Streamed { get; init; }

    /// <summary>The text shown; null while running.</summary>
    public string? Text { get; init; }

    public bool Responded { get; init; }

    public bool Blocked { get; init; }

    public string? Failure { get; init; }

    /// <summary>The <see cref="Contracts.Processing.ProcessingReport"/> as JSON.</summary>
    public required string Processing { get; init; }

    /// <summary>The <see cref="TurnUsage"/> as JSON; null while running.</summary>
    public string? Used { get; init; }

    /// <summary>The rollout that it is part of; null: none, or it is not measured.</summary>
    public TurnRollout? Rollout { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }
}
