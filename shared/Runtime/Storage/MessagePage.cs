namespace Vivace.Runtime.Storage;

/// <summary>A page of messages, oldest first, and whether there are older ones.</summary>
public sealed record MessagePage(IReadOnlyList<MessageRow> Messages, bool HasOlder);
