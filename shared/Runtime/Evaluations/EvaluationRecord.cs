namespace Vivace.Runtime.Evaluations;

/// <summary>One evaluation of a turn.</summary>
public sealed record EvaluationRecord
{
    public required string TurnId { get; init; }

    public required string ConversationId { get; init; }

    /// <summary>The turn's position; where several turns write the same thing, the highest wins. With a turn's end the store writes the position that the turn got.</summary>
    public required long Number { get; init; }

    public required string Evaluator { get; init; }

    public required int Version { get; init; }

    public required EvaluationStatus Status { get; init; }

    /// <summary>Whether it runs after the reply.</summary>
    public bool Deferred { get; init; }

    /// <summary>A constant that says why it was skipped or is dead.</summary>
    public string? Reason { get; init; }

    /// <summary>A JSON object; null until completed.</summary>
    public string? Result { get; init; }

    /// <summary>Facts to remember, applied in the transaction that completes it.</summary>
    public IReadOnlyList<string> Facts { get; init; } = [];
}
