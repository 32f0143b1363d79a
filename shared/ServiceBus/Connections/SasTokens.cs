using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Vivace.ServiceBus.Connections;

/// <summary>
/// Shared access signatures: HMAC-SHA256 of the escaped address and the expiry in Unix seconds, from "Service Bus access
/// control with Shared Access Signatures".
/// </summary>
internal sealed class SasTokens(string keyName, string key, TimeProvider time) : ITokenSource
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(60);

    public string Type => "servicebus.windows.net:sastoken";

    public ValueTask<AccessGrant> GetAsync(string audience, CancellationToken cancellation)
    {
        var expires = time.GetUtcNow() + Lifetime;
        var seconds = expires.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var address = Uri.EscapeDataString(audience);
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"{address}\n{seconds}")));
        return new(new AccessGrant($"SharedAccessSignature sr={address}&sig={Uri.EscapeDataString(signature)}&se={seconds}&skn={Uri.EscapeDataString(keyName)}", expires));
    }
}
