using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Vivace.Testing.AppConfiguration;

/// <summary>Checks the signatures of requests, by its own reading of the protocol.</summary>
internal static partial class StandInAccess
{
    public const string Id = "abcd";
    public const string Secret = "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0";

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(15);

    /// <summary>What is wrong; null for a good request.</summary>
    public static string? Fault(HttpContext context, byte[] body, DateTimeOffset now)
    {
        var headers = context.Request.Headers;
        var given = Form().Match(headers.Authorization.ToString());
        var (date, hash) = (headers["x-ms-date"].ToString(), headers["x-ms-content-sha256"].ToString());
        if (!given.Success || given.Groups["id"].Value != Id)
        {
            return "Invalid Credential";
        }

        if (!DateTimeOffset.TryParseExact(date, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) || (now - at).Duration() > Tolerance)
        {
            return "The access token has expired";
        }

        if (hash != Convert.ToBase64String(SHA256.HashData(body)))
        {
            return "Invalid Content Hash";
        }

        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var signed = $"{context.Request.Method}\n{target}\n{date};{context.Request.Host.Value};{hash}";
        var signature = HMACSHA256.HashData(Convert.FromBase64String(Secret), Encoding.UTF8.GetBytes(signed));
        return given.Groups["signature"].Value == Convert.ToBase64String(signature) ? null : "Invalid Signature";
    }

    [GeneratedRegex(@"\AHMAC-SHA256 Credential=(?<id>[^&]+)&SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=(?<signature>\S+)\z")]
    private static partial Regex Form();
}
