using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>Checks tokens of the form <c>SharedAccessSignature sr=...&amp;sig=...&amp;se=...&amp;skn=...</c>.</summary>
internal sealed class SharedAccessKey(string name, string key, TimeProvider time)
{
    private const string Scheme = "SharedAccessSignature ";

    public bool IsValid(string? token)
    {
        if (token is null || !token.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return false;
        }

        var fields = token[Scheme.Length..].Split('&').Select(f => f.Split('=', 2)).Where(f => f.Length == 2).ToLookup(f => f[0], f => f[1]);
        return fields["sr"].FirstOrDefault() is { } resource
            && fields["se"].FirstOrDefault() is { } expiry
            && fields["sig"].FirstOrDefault() is { } signature
            && Uri.UnescapeDataString(fields["skn"].FirstOrDefault() ?? "") == name
            && long.TryParse(expiry, NumberStyles.None, CultureInfo.InvariantCulture, out var until)
            && until > time.GetUtcNow().ToUnixTimeSeconds()
            && IsSigned($"{resource}\n{expiry}", Uri.UnescapeDataString(signature));
    }

    private bool IsSigned(string text, string signature)
    {
        var expected = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text)));
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(signature));
    }
}
