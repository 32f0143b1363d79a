namespace Vivace.Cli.Chat;

/// <summary>The first line of a stream of JSON: which conversation it is.</summary>
internal sealed record ConversationLine(string ConversationId, string Type = "conversation");
