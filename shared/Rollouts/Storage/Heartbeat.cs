namespace Vivace.Rollouts.Storage;

/// <summary>A process says that it is there.</summary>
/// <param name="Instance">Unique to one run of a process.</param>
/// <param name="ProfileHashes">The hash of each effective profile, by its name.</param>
/// <param name="At">When it said so.</param>
public sealed record Heartbeat(string Instance, IReadOnlyDictionary<string, string> ProfileHashes, DateTimeOffset At);
