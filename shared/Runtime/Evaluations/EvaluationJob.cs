using Vivace.Contracts.Processing;

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
    DateTimeOffset CreatedAt);
