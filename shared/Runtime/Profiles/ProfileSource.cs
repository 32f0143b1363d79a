namespace Vivace.Runtime.Profiles;

/// <summary>A profile as it is written somewhere.</summary>
/// <param name="Name">The name that it must have.</param>
/// <param name="Json">Its content.</param>
/// <param name="IsReleased">Whether it ships with the runtime: such a name is not edited, a new one is made.</param>
public sealed record ProfileSource(string Name, ReadOnlyMemory<byte> Json, bool IsReleased = false);
