using Vivace.Client.Problems;
using Vivace.Client.Transport;

namespace Vivace.Client.Profiles;

/// <summary><c>/api/profiles</c>: the profiles in effect.</summary>
public sealed class ProfilesClient
{
    private readonly VivaceHttp http;

    internal ProfilesClient(VivaceHttp http) => this.http = http;

    /// <summary>The profiles in effect. A server that has no such page is asked for its capabilities, which list them too.</summary>
    public async Task<ProfileListing> ListAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await http.CallAsync(Requests.Get("api/profiles"), ProfilesJson.Default.ProfileListing, cancellationToken);
        }
        catch (VivaceProblemException e) when (e.Status == 404)
        {
            return await http.CallAsync(Requests.Get("api/capabilities"), ProfilesJson.Default.ProfileListing, cancellationToken);
        }
    }
}
