using Vivace.Contracts.Processing;

namespace Vivace.Cli.Probe;

/// <summary>A conversation that the probe makes, with its messages in order.</summary>
internal sealed record ProbeConversation(string Name, ProcessingMode? DefaultMode, IReadOnlyList<ProbeTurn> Turns);
