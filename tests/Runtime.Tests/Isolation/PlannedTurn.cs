using Vivace.Contracts.Conversations;
using Vivace.Contracts.Messages;
using Vivace.Contracts.Processing;

namespace Vivace.Runtime.Tests.Isolation;

/// <summary>One turn of a scenario; a tenth are cancelled at a random moment.</summary>
internal sealed record PlannedTurn(
    int Number, Conversation Conversation, ProcessingMode Mode, bool Streamed, ChannelType Channel, TimeSpan? CancelAfter)
{
    public string Text => new TurnMark(Number, Mode, Conversation.RoomId).ToString();

    public static PlannedTurn Next(int number, Random random, Conversation[] conversations) => new(
        number,
        conversations[random.Next(conversations.Length)],
        random.Next(2) == 0 ? ProcessingMode.Fast : ProcessingMode.Default,
        random.Next(2) == 0,
        random.Next(3) == 0 ? ChannelType.Group : ChannelType.Dm,
        random.Next(10) == 0 ? TimeSpan.FromMilliseconds(random.Next(12)) : null);
}
