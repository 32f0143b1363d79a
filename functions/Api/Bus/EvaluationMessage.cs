namespace Vivace.Api.Bus;

/// <summary>On <see cref="Queues.Evaluations"/>: the pending evaluations of this turn that are due are to be run.</summary>
internal sealed record EvaluationMessage(string TurnId);
