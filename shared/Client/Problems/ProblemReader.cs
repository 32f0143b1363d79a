using System.Net;
using System.Text.Json;
using Vivace.Contracts;
using Vivace.Contracts.Problems;

namespace Vivace.Client.Problems;

/// <summary>Makes the exception of an answer that is no success.</summary>
internal static class ProblemReader
{
    public static async Task<VivaceProblemException> ReadAsync(HttpResponseMessage response, TimeProvider time, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var problem = TryParse(body) ?? OfStatus(response.StatusCode);
        return new VivaceProblemException(problem, RetryAfter(response, time));
    }

    private static Problem? TryParse(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, WireJson.Context.Problem);
        }
        catch (JsonException)
        {
            // A proxy's page; its status says as much.
            return null;
        }
    }

    /// <summary>RFC 9457, section 4.2.1: <c>about:blank</c> says no more than the status does.</summary>
    private static Problem OfStatus(HttpStatusCode status)
        => new() { Type = "about:blank", Title = $"The server answered {(int)status} ({status}).", Status = (int)status };

    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time) => response.Headers.RetryAfter switch
    {
        { Delta: { } wait } => wait,
        { Date: { } date } => TimeSpan.FromTicks(Math.Max(0, (date - time.GetUtcNow()).Ticks)),
        _ => null,
    };
}
