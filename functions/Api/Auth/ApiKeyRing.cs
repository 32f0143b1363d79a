using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Vivace.Api.Settings;

namespace Vivace.Api.Auth;

/// <summary>The configured keys, found by their hash: the comparison reveals nothing of a key.</summary>
internal sealed class ApiKeyRing(AuthSettings settings)
{
    private readonly FrozenDictionary<string, ApiKeySettings> byHash
        = settings.ApiKeys.ToFrozenDictionary(k => k.Sha256, StringComparer.OrdinalIgnoreCase);

    public bool IsEmpty => byHash.Count == 0;

    public ApiKeySettings? Find(string key)
        => byHash.GetValueOrDefault(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key))));
}
