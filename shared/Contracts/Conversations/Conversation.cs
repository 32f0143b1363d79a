using Vivace.Contracts.Processing;

namespace Vivace.Contracts.Conversations;

/// <summary>A conversation of one owner.</summary>
public sealed record Conversation
{
    /// <summary>Unique identifier.</summary>
    public required string Id { get; init; }

    /// <summary>At most 200 UTF-16 units.</summary>
    public required string Title { get; init; }

    /// <summary>The room in which the agent remembers; passed unchanged to every internal boundary.</summary>
    public required string RoomId { get; init; }

    /// <summary>The mode of messages that name none; absent: the application's default.</summary>
    public ProcessingMode? DefaultMode { get; init; }

    /// <summary>In a muted conversation messages are stored and the agent does not respond.</summary>
    public bool Muted { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>UTC, when the newest message was sent or the conversation last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
