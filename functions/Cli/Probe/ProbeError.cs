namespace Vivace.Cli.Probe;

/// <summary>Something that could not be measured.</summary>
/// <param name="Conversation">The probe's own name of the conversation.</param>
/// <param name="Turn">The probe's own name of the message; null: the conversation itself.</param>
/// <param name="Kind">The problem's kind.</param>
/// <param name="Message">A sentence for people.</param>
internal sealed record ProbeError(string Conversation, string? Turn, string Kind, string Message);
