using System.Globalization;
using System.Text.Json;
using Vivace.Contracts;
using Vivace.Contracts.Problems;

namespace Vivace.Api.Problems;

/// <summary>Answers with problem details (RFC 9457).</summary>
internal sealed class ProblemResult(Problem problem, TimeSpan? retryAfter = null, bool replayed = false) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = problem.Status;
        response.ContentType = "application/problem+json";
        if (retryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        if (replayed)
        {
            response.Headers["Idempotent-Replayed"] = "true";
        }

        return JsonSerializer.SerializeAsync(response.BodyWriter, problem, WireJson.Context.Problem, httpContext.RequestAborted);
    }
}
