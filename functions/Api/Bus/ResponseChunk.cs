namespace Vivace.Api.Bus;

/// <summary>On <see cref="Queues.Chunks"/>: text that a turn shows, or the news that it has ended.</summary>
/// <param name="Attempt">The attempt that shows it.</param>
/// <param name="Sequence">Position among the chunks of its attempt, from 0.</param>
/// <param name="Offset">UTF-16 units of text before it.</param>
/// <param name="Text">The text; null: the turn has ended, and its row says how.</param>
internal sealed record ResponseChunk(string TurnId, int Attempt, int Sequence, int Offset, string? Text);
