namespace Vivace.Runtime.Evaluations;

/// <summary>One evaluation of a turn.</summary>
public sealed record EvaluationRecord
{
    /// <summary>The turn.</summary>
    public required string TurnId { get; init; }

    /// <summary>Its conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>
    /// The turn's position, from 1; where several turns write the same thing, the highest wins. With a turn's end the store writes the
    /// position that the turn got.
    /// </summary>
    public required long Number { get; init; }

    /// <summary>Name of the evaluator.</summary>
    public required string Evaluator { get; init; }

    /// <summary>Its version; with turn and name it is unique.</summary>
    public required int Version { get; init; }

    /// <summary>Where it stands.</summary>
    public required EvaluationStatus Status { get; init; }

    /// <summary>Whether it runs after the reply.</summary>
    public bool Deferred { get; init; }

    /// <summary>Why it was skipped or is dead: a constant, or the name of an exception's type. Null when completed; of a pending one, of its last failure.</summary>
    public string? Reason { get; init; }

    /// <summary>A JSON object; null until completed.</summary>
    public string? Result { get; init; }

    /// <summary>Facts for the room to remember, applied in the transaction that completes it; not read back.</summary>
    public IReadOnlyList<string> Facts { get; init; } = [];
}
