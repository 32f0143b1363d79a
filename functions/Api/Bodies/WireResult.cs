using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Vivace.Api.Bodies;

/// <summary>Answers with a contract type as JSON.</summary>
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

        var body = JsonSerializer.SerializeToUtf8Bytes(value, type);
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body, httpContext.RequestAborted);
    }
}
