using Vivace.Contracts.Processing;

namespace Vivace.Cli.Probe;

/// <summary>A profile of the server, and how many turns it served.</summary>
internal sealed record ProbeProfile(string Name, ProcessingMode Mode, string Hash, int Turns);
