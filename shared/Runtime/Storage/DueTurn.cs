namespace Vivace.Runtime.Storage;

/// <summary>A turn that is to be handed to a worker.</summary>
/// <param name="Attempt">How often it has been begun.</param>
public sealed record DueTurn(string TurnId, string Owner, string RoomId, int Attempt);
