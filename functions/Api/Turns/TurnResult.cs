using Vivace.Contracts.Messages;
using Vivace.Contracts.Processing;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Turns;

namespace Vivace.Api.Turns;

/// <summary>How a turn ended, in the terms of the contract; the same whether it is answered at once or replayed.</summary>
internal sealed record TurnResult(
    string TurnId, string RoomId, TurnStatus Status, string Text, bool Responded, bool Blocked, TurnFailure Failure, ProcessingReport Processing)
{
    public MessageReply ToReply(string agentName) => new()
    {
        Text = Text,
        AgentName = agentName,
        TurnId = TurnId,
        RoomId = RoomId,
        Responded = Responded,
        Blocked = Blocked,
        Processing = Processing,
    };
}
