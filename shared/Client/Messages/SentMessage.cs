using Vivace.Contracts.Messages;

namespace Vivace.Client.Messages;

/// <summary>What became of a message that was sent as one call.</summary>
/// <param name="Reply">The reply.</param>
/// <param name="Replayed">True when the message had been sent before under the same key, and this is its reply of then.</param>
public sealed record SentMessage(MessageReply Reply, bool Replayed);
