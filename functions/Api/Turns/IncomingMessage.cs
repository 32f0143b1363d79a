using Vivace.Api.Auth;
using Vivace.Contracts.Messages;
using Vivace.Runtime.Processing;

namespace Vivace.Api.Turns;

/// <summary>A message that has passed validation.</summary>
internal sealed record IncomingMessage(
    Caller Caller, string ConversationId, SendMessageRequest Body, ReadOnlyMemory<byte> RawBody, string? Key, bool Streamed)
{
    /// <summary>Whether an operator's probe sent it: processed as ever, but not measured in rollouts. A mismatch that it meets counts all the same.</summary>
    public bool IsProbe { get; init; }

    /// <summary>What an operator's drill does to the turn if it is served fast; null: it is no drill.</summary>
    public InjectedFault? Fault { get; init; }
}
