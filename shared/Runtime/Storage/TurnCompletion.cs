using Vivace.Contracts.Turns;
using Vivace.Runtime.Evaluations;

namespace Vivace.Runtime.Storage;

/// <summary>
/// What one transaction writes when a turn ends: turn, reply, evaluations and their effects; it is due no longer. Only the
/// attempt that the turn's row names may write it, only while the turn runs, and not as done once it is to be cancelled.
/// </summary>
public sealed record TurnCompletion
{
    /// <summary>The turn.</summary>
    public required string TurnId { get; init; }

    /// <summary>Its conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>Whose conversation it is.</summary>
    public required string Owner { get; init; }

    /// <summary>The room in which facts of its evaluations are remembered.</summary>
    public required string RoomId { get; init; }

    /// <summary>Position in the conversation, from 1; with <see cref="ITurnStore.RecordAsync"/> the one that the turn gets counts instead.</summary>
    public required long Number { get; init; }

    /// <summary>The attempt that ends it, from 1; 0 where none has begun.</summary>
    public required int Attempt { get; init; }

    /// <summary>How it ended; not <see cref="TurnStatus.Running"/>.</summary>
    public required TurnStatus Status { get; init; }

    /// <summary>The text shown, or a blocked turn's replacement; empty: there is no reply.</summary>
    public required string Text { get; init; }

    /// <summary>Id of the reply's row; it is written only where there is text.</summary>
    public required string ReplyMessageId { get; init; }

    /// <summary>The profile that replied, kept with the reply; null: not known.</summary>
    public string? Source { get; init; }

    /// <summary>True when it is done and the agent responded; false when it chose not to, and of every other end.</summary>
    public bool Responded { get; init; }

    /// <summary>True when an evaluator blocked it; then neither message nor reply is in later prompts.</summary>
    public bool Blocked { get; init; }

    /// <summary>Why it failed, as <see cref="Turns.TurnFailures.Stored"/> writes it; null: it did not.</summary>
    public string? Failure { get; init; }

    /// <summary>The message as pre-evaluators left it, for later prompts; null: they left it as it was.</summary>
    public string? RewrittenText { get; init; }

    /// <summary>The <see cref="Contracts.Processing.ProcessingReport"/> of the turn's end, as JSON.</summary>
    public required string Processing { get; init; }

    /// <summary>The <see cref="TurnUsage"/> as JSON.</summary>
    public required string Used { get; init; }

    /// <summary>When it ended, UTC; stored in whole milliseconds.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When pending evaluations are overdue, their message being taken for lost.</summary>
    public DateTimeOffset EvaluationsOverdueAt { get; init; }

    /// <summary>Evaluators of the reply: what each found, or that it is still to run; none by default.</summary>
    public IReadOnlyList<EvaluationRecord> Evaluations { get; init; } = [];
}
