namespace Vivace.Api.Bus;

/// <summary>On <see cref="Queues.Turns"/>: this turn is to be run, or to be ended when it cannot be.</summary>
internal sealed record TurnMessage(string TurnId);
