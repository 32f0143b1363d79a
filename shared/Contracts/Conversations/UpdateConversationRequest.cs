using Vivace.Contracts.Processing;

namespace Vivace.Contracts.Conversations;

/// <summary>
/// Body of <c>PATCH /api/conversations/{id}</c>, a JSON merge patch (RFC 7396): an absent member stays. Only the default mode can be
/// cleared by null.
/// </summary>
public sealed record UpdateConversationRequest
{
    /// <summary>The new title, a blank one is <c>New conversation</c>; null here: the body had none, and it stays.</summary>
    public string? Title { get; init; }

    /// <summary>Whether <see cref="DefaultMode"/> was present in the body.</summary>
    public bool ChangesDefaultMode { get; init; }

    /// <summary>The new default mode; null clears it, so that the application's default applies.</summary>
    public ProcessingMode? DefaultMode { get; init; }

    /// <summary>Whether the agent stays silent; null here: the body did not say, and it stays.</summary>
    public bool? Muted { get; init; }
}
