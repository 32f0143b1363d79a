using Vivace.Contracts.Processing;
using Vivace.Runtime.Processing;

namespace Vivace.Runtime.Evaluations;

/// <summary>A pending evaluation with the input that it needs.</summary>
public sealed record EvaluationJob(
    string TurnId,
    string ConversationId,
    string RoomId,
    string Owner,
    long Number,
    string Evaluator,
    int Version,
    int Tries,
    string UserText,
    string ReplyText,
    ProcessingMode Mode,
    string Profile,
    DateTimeOffset CreatedAt)
{
    /// <summary>The rollout that its turn is part of; null: none, or it is not measured.</summary>
    public TurnRollout? Rollout { get; init; }
}
