namespace Vivace.Contracts.Capabilities;

/// <summary>Reply of <c>GET /api/profiles</c>.</summary>
/// <param name="Profiles">The profiles in force, by name.</param>
public sealed record ProfileList(IReadOnlyList<ProfileDescription> Profiles);
