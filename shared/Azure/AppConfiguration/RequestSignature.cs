using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Vivace.Azure.AppConfiguration;

/// <summary>
/// The signature of a request, scheme HMAC-SHA256 of Azure App Configuration's REST reference: over
/// <c>VERB\npathAndQuery\ndate;host;contentHash</c>.
/// </summary>
internal static class RequestSignature
{
    /// <summary>A date as the header <c>x-ms-date</c> has it (RFC 1123, GMT).</summary>
    public static string Date(DateTimeOffset at) => at.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Base64 of the SHA-256 of a body, also of an empty one.</summary>
    public static string ContentHash(ReadOnlySpan<byte> body) => Convert.ToBase64String(SHA256.HashData(body));

    /// <summary>The value of the header <c>Authorization</c>.</summary>
    /// <param name="pathAndQuery">As sent, escaped.</param>
    /// <param name="host">As in the header <c>Host</c>: with a port where it is not the scheme's own.</param>
    public static string Authorization(string id, byte[] secret, string verb, string pathAndQuery, string date, string host, string contentHash)
    {
        var signed = Encoding.UTF8.GetBytes($"{verb}\n{pathAndQuery}\n{date};{host};{contentHash}");
        var signature = Convert.ToBase64String(HMACSHA256.HashData(secret, signed));
        return $"HMAC-SHA256 Credential={id}&SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature={signature}";
    }
}
