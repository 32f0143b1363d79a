namespace Vivace.Contracts.Turns;

/// <summary>What became of one capability in a turn.</summary>
/// <param name="Name">The capability.</param>
/// <param name="Outcome">For example <c>ok</c>, <c>timeout</c>, <c>failed</c>, <c>refused</c>, <c>block</c>.</param>
/// <param name="Reason">A constant that says why, if there is more to say.</param>
public sealed record CapabilityUse(string Name, string Outcome, string? Reason = null);
