using Vivace.Contracts.Messages;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Processing;

namespace Vivace.Runtime.Storage;

/// <summary>A stored turn.</summary>
public sealed record TurnRow
{
    /// <summary>The turn.</summary>
    public required string TurnId { get; init; }

    /// <summary>Its conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>Its room.</summary>
    public required string RoomId { get; init; }

    /// <summary>Whose conversation it is.</summary>
    public required string Owner { get; init; }

    /// <summary>Position in the conversation, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>Where it stands.</summary>
    public required TurnStatus Status { get; init; }

    /// <summary>The attempt that may complete the turn, from 1: a fence against an older one. 0: none has begun.</summary>
    public required int Attempt { get; init; }

    /// <summary>The instance that runs it; null before any has begun.</summary>
    public string? Worker { get; init; }

    /// <summary>The attempt that has shown text; null before any has.</summary>
    public int? StreamingAttempt { get; init; }

    /// <summary>What has been shown, at least; null before the first text and after the end.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Whether its owner has asked for its end; then it cannot end as done.</summary>
    public bool CancelRequested { get; init; }

    /// <summary>Where the message was said.</summary>
    public required ChannelType ChannelType { get; init; }

    /// <summary>Whether text is released while it is generated.</summary>
    public bool Streamed { get; init; }

    /// <summary>The text shown; empty: there was none; null while running.</summary>
    public string? Text { get; init; }

    /// <summary>True when it is done and the agent responded; false while running, when it chose not to, and of every other end.</summary>
    public bool Responded { get; init; }

    /// <summary>True when an evaluator blocked it.</summary>
    public bool Blocked { get; init; }

    /// <summary>Why it failed, as <see cref="Turns.TurnFailures.Read"/> reads it; null: it did not, or runs.</summary>
    public string? Failure { get; init; }

    /// <summary>The <see cref="Contracts.Processing.ProcessingReport"/> as JSON: of the acceptance, then of the end.</summary>
    public required string Processing { get; init; }

    /// <summary>The <see cref="TurnUsage"/> as JSON; null while running.</summary>
    public string? Used { get; init; }

    /// <summary>The rollout that it is part of; null: none, or it is not measured.</summary>
    public TurnRollout? Rollout { get; init; }

    /// <summary>When it was accepted, UTC, in whole milliseconds.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ended, UTC, in whole milliseconds; null while running.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
