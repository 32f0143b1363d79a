using Vivace.Contracts.Messages;

namespace Vivace.Cli.Send;

/// <summary>A reply, and the conversation to go on with.</summary>
internal sealed record SendOutput(string ConversationId, MessageReply Reply);
