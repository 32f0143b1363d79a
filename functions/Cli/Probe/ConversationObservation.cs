using Vivace.Contracts.Conversations;
using Vivace.Contracts.Messages;

namespace Vivace.Cli.Probe;

/// <summary>What came back in one conversation.</summary>
/// <param name="Plan">What was sent.</param>
/// <param name="Created">As it was made.</param>
/// <param name="Turns">One for each message that could be measured, in order.</param>
internal sealed record ConversationObservation(ProbeConversation Plan, Conversation Created, IReadOnlyList<TurnObservation> Turns)
{
    /// <summary>As it was after the last message; null when it could not be read.</summary>
    public Conversation? After { get; init; }

    /// <summary>All of its history, oldest first; null when it could not be read.</summary>
    public IReadOnlyList<Message>? History { get; init; }

    /// <summary>Whether it was gone once it had been deleted.</summary>
    public bool IsGone { get; init; }
}
