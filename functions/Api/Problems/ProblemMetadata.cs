using Vivace.Contracts.Problems;

namespace Vivace.Api.Problems;

internal static class ProblemMetadata
{
    /// <summary>Declares the problems that an endpoint may answer with.</summary>
    public static RouteHandlerBuilder ProducesProblems(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
        {
            endpoint.Produces<Problem>(status, "application/problem+json");
        }

        return endpoint;
    }
}
