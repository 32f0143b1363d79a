using Vivace.Contracts.Processing;

namespace Vivace.Contracts.Messages;

/// <summary>Body of <c>POST /api/conversations/{id}/messages</c> and <c>/messages/stream</c>. Unknown members are ignored.</summary>
public sealed record SendMessageRequest
{
    /// <summary>1 to 16,384 UTF-16 units, not only white space.</summary>
    public required string Text { get; init; }

    /// <summary>How this message wants to be processed; absent: as the conversation's default says.</summary>
    public ProcessingRequest? Processing { get; init; }

    /// <summary>Where the message was said; default <see cref="ChannelType.Dm"/>.</summary>
    public ChannelType ChannelType { get; init; }

    /// <summary>The client's own id of the message, 1 to 128 UTF-16 units.</summary>
    public string? ClientMessageId { get; init; }
}
