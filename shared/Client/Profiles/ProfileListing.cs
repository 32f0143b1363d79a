namespace Vivace.Client.Profiles;

/// <summary>The server's profiles.</summary>
/// <param name="Profiles">In the server's order.</param>
public sealed record ProfileListing(IReadOnlyList<ProfileEntry> Profiles);
