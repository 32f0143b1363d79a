namespace Vivace.Cli.Probe;

/// <summary>Something that came back otherwise than it had to.</summary>
/// <param name="Check">The check that did not hold.</param>
/// <param name="Conversation">The probe's own name of the conversation.</param>
/// <param name="Turn">The probe's own name of the message; null: the conversation itself.</param>
/// <param name="TurnId">The turn, where there was one.</param>
internal sealed record ProbeMismatch(string Check, string Conversation, string? Turn, string? TurnId, string Expected, string Found);
