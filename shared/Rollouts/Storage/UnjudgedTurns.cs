namespace Vivace.Rollouts.Storage;

/// <summary>When the oldest turn of each arm was accepted that has no score yet and may still get one.</summary>
/// <param name="Fast">Null: there is none.</param>
/// <param name="Control">Null: there is none.</param>
public sealed record UnjudgedTurns(DateTimeOffset? Fast, DateTimeOffset? Control);
