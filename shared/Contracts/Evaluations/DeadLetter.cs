namespace Vivace.Contracts.Evaluations;

/// <summary>An evaluation that failed as often as it is tried.</summary>
/// <param name="TurnId">The turn.</param>
/// <param name="Evaluator">The evaluator.</param>
/// <param name="Version">Its version.</param>
/// <param name="Reason">The kind of its last failure; never its message.</param>
/// <param name="CreatedAt">When the turn was accepted, UTC.</param>
public sealed record DeadLetter(string TurnId, string Evaluator, int Version, string? Reason, DateTimeOffset CreatedAt);
