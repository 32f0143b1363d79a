namespace Vivace.Cli.Probe;

/// <summary>How often something was checked, and did not hold.</summary>
internal sealed record ProbeCheck(string Name, int Checked, int Mismatches);
