using Vivace.Contracts.Processing;

namespace Vivace.Contracts.Conversations;

/// <summary>Body of <c>POST /api/conversations</c>; may be empty.</summary>
public sealed record CreateConversationRequest
{
    /// <summary>At most 200 UTF-16 units; default "New conversation".</summary>
    public string? Title { get; init; }

    /// <summary>The mode of messages that name none.</summary>
    public ProcessingMode? DefaultMode { get; init; }
}
