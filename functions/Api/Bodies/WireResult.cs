using System.Text.Json.Serialization.Metadata;
using Vivace.Contracts;

namespace Vivace.Api.Bodies;

/// <summary>Answers with a contract type as JSON.</summary>
/// <param name="type">Of <see cref="ContractsJson.Default"/>.</param>
internal sealed class WireResult<T>(T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK, bool replayed = false) : IResult
{
    /// <summary>Whole and with its length: pages are bounded, and nothing is sent of one that cannot be written.</summary>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        if (replayed)
        {
            response.Headers["Idempotent-Replayed"] = "true";
        }

        var body = WireJson.ToUtf8(value, type);
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body, httpContext.RequestAborted);
    }
}
