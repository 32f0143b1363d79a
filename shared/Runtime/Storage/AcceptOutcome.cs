namespace Vivace.Runtime.Storage;

/// <summary>What became of an acceptance.</summary>
/// <param name="Kind">Whether it was written.</param>
/// <param name="Number">The turn's position, when accepted.</param>
/// <param name="ExistingTurnId">The turn that the key belongs to, when it was used before.</param>
public readonly record struct AcceptOutcome(AcceptKind Kind, long Number = 0, string? ExistingTurnId = null);
