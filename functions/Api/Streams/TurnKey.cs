using Vivace.Contracts.Processing;

namespace Vivace.Api.Streams;

/// <summary>What a relay must know of a turn before it has read its row.</summary>
/// <param name="Streamed">Whether its text travels in chunks.</param>
/// <param name="Processing">What its sender was told, should the row be gone at its end.</param>
internal sealed record TurnKey(string TurnId, string Owner, string RoomId, bool Streamed, ProcessingReport Processing);
