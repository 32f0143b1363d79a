using Microsoft.Extensions.AI;

namespace Vivace.Runtime.Evaluators;

/// <summary>What a post-evaluator sees; the same inline and deferred.</summary>
/// <param name="TurnId">The turn.</param>
/// <param name="ConversationId">Its conversation.</param>
/// <param name="RoomId">Its room.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="UserText">The message, as pre-evaluators left it.</param>
/// <param name="ReplyText">The text shown.</param>
/// <param name="Model">A client bound to the turn; calls default to the small model, in both modes.</param>
public sealed record PostEvaluatorContext(
    string TurnId, string ConversationId, string RoomId, string Owner, string UserText, string ReplyText, IChatClient Model);
