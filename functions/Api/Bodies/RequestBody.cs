using System.Buffers;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Vivace.Api.Problems;
using Vivace.Contracts.Capabilities;
using Vivace.Contracts.Problems;

namespace Vivace.Api.Bodies;

/// <summary>A request's body, or why it cannot be read.</summary>
internal readonly record struct RequestBody(ReadOnlyMemory<byte> Bytes, Problem? Fault)
{
    /// <summary>Reads the whole body, within the limit.</summary>
    /// <param name="mayBeEmpty">Whether a request without a body, and so without a content type, is fine.</param>
    public static async ValueTask<RequestBody> ReadAsync(HttpRequest request, bool mayBeEmpty, CancellationToken cancellation)
    {
        if (!IsPlain(request.Headers.ContentEncoding))
        {
            // RFC 9110, section 15.5.16: the answer says which encodings are read.
            request.HttpContext.Response.Headers.AcceptEncoding = "identity";
            return new(default, ProblemKinds.UnsupportedEncoding);
        }

        var limit = RequestLimits.Current.BodyBytes;
        if (request.ContentLength > limit)
        {
            return new(default, ProblemKinds.TooLarge(limit));
        }

        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellation);
            if (read.Buffer.Length > limit)
            {
                // Given back, so that the server can drain the rest.
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return new(default, ProblemKinds.TooLarge(limit));
            }

            if (!read.IsCompleted)
            {
                request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            var isFine = IsJson(request.ContentType) || (mayBeEmpty && read.Buffer.IsEmpty);
            var bytes = isFine ? read.Buffer.ToArray() : [];
            request.BodyReader.AdvanceTo(read.Buffer.End);
            return new(bytes, isFine ? null : ProblemKinds.UnsupportedMediaType);
        }
    }

    private static bool IsPlain(StringValues encoding)
        => StringValues.IsNullOrEmpty(encoding) || encoding.ToString().Equals("identity", StringComparison.OrdinalIgnoreCase);

    private static bool IsJson(string? contentType)
    {
        if (contentType is "application/json" or "application/json; charset=utf-8")
        {
            return true;
        }

        return MediaTypeHeaderValue.TryParse(contentType, out var parsed)
            && (parsed.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                || parsed.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
            && (!parsed.Charset.HasValue || HeaderUtilities.RemoveQuotes(parsed.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));
    }
}
