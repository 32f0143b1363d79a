using System.Security.Cryptography;
using System.Text;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;

namespace Vivace.Api.Tests.Auth;

/// <summary>API keys as an operator configures them: by their hash.</summary>
internal static class Keys
{
    public static string[] Settings(params (string Name, string Key, string Role)[] keys) =>
    [
        .. keys.Index().SelectMany(k => new[]
        {
            $"Auth:ApiKeys:{k.Index}:Name={k.Item.Name}",
            $"Auth:ApiKeys:{k.Index}:Sha256={Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(k.Item.Key)))}",
            $"Auth:ApiKeys:{k.Index}:Roles:0={k.Item.Role}",
        }),
    ];

    public static VivaceClient WithKey(this VivaceHost host, string key) => host.As("X-Api-Key", key);
}
