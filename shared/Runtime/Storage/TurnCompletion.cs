using Vivace.Contracts.Turns;
using Vivace.Runtime.Evaluations;

namespace Vivace.Runtime.Storage;

/// <summary>
/// What one transaction writes when a turn ends: turn, reply, evaluations and their effects; it is due no longer. Only the
/// attempt that the turn's row names may write it, only while the turn runs, and not as done once it is to be cancelled.
/// </summary>
public sealed record TurnCompletion
{
    public required string TurnId { get; init; }

    public required string ConversationId { get; init; }

    public required string Owner { get; init; }

    public required string RoomId { get; init; }

    public required long Number { get; init; }

    public required int Attempt { get; init; }

    public required TurnStatus Status { get; init; }

    public required string Text { get; init; }

    /// <summary>Id of the reply's row; it is written only where there is text.</summary>
    public required string ReplyMessageId { get; init; }

    /// <summary>The profile that replied.</summary>
    public string? Source { get; init; }

    public bool Responded { get; init; }

    public bool Blocked { get; init; }

    public string? Failure { get; init; }

    public string? RewrittenText { get; init; }

    public required string Processing { get; init; }

    public required string Used { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>When pending evaluations are overdue, their message being taken for lost.</summary>
    public DateTimeOffset EvaluationsOverdueAt { get; init; }

    public IReadOnlyList<EvaluationRecord> Evaluations { get; init; } = [];
}
