using Vivace.Api.Bodies;
using Vivace.Api.Problems;
using Vivace.Contracts;
using Vivace.Contracts.Capabilities;

namespace Vivace.Api.Profiles;

/// <summary><c>/api/profiles</c>: the profiles in force, with their effective sets.</summary>
internal static class ProfileEndpoints
{
    public static void MapProfiles(this WebApplication app)
        => app.MapGet("/api/profiles", List)
            .WithSummary("The profiles in force, with the providers, actions and evaluators that each comes down to")
            .Produces<ProfileList>()
            .ProducesProblems(401);

    private static WireResult<ProfileList> List(LiveProfiles profiles)
        => new(new ProfileList([.. profiles.Current.All.Select(p => p.Describe())]), ContractsJson.Default.ProfileList);
}
