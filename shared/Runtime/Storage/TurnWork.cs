namespace Vivace.Runtime.Storage;

/// <summary>A turn that a worker has begun, with what it needs to run it.</summary>
/// <param name="Turn">Its row, with the attempt that is now this worker's.</param>
/// <param name="Text">The message.</param>
/// <param name="Muted">Whether the agent is muted in the conversation.</param>
public sealed record TurnWork(TurnRow Turn, string Text, bool Muted);
