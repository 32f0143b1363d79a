namespace Vivace.Crash.Tests;

/// <summary>Whether the armed point was reached, and everything that is wrong afterwards.</summary>
internal sealed record CrashOutcome(bool Crashed, IReadOnlyList<string> Faults);
