namespace Vivace.Rollouts.Flags;

/// <summary>A flag as it is stored.</summary>
/// <param name="Name">One of <see cref="FlagNames.All"/>.</param>
/// <param name="Json">The flag in Microsoft's schema 2.0, with whatever else its writers put there.</param>
/// <param name="ETag">Its version, to be given back with a write.</param>
public sealed record StoredFlag(string Name, string Json, string ETag);
