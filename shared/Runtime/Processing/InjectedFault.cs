namespace Vivace.Runtime.Processing;

/// <summary>What a drill does to the model calls of a turn that is served fast.</summary>
/// <param name="Delay">How long each call waits before it is made; zero: not at all.</param>
/// <param name="Fails">Whether it fails then, without being made.</param>
public sealed record InjectedFault(TimeSpan Delay, bool Fails);
