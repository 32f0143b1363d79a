namespace Vivace.Api.Bus;

/// <summary>On <see cref="Queues.Control"/>: the owner has asked for the turn's cancellation; its row says so too.</summary>
internal sealed record CancelMessage(string TurnId);
