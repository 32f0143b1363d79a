namespace Vivace.Contracts.Messages;

/// <summary>One page of a conversation's history, oldest first within the page; the first page is the newest.</summary>
/// <param name="Messages">At most the page's limit.</param>
/// <param name="Before">Pass as <c>before</c> for the page of older messages; absent when there are none.</param>
public sealed record MessageList(IReadOnlyList<Message> Messages, string? Before = null);
