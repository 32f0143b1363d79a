using System.Security.Cryptography;
using System.Text;

namespace Vivace.Cli.Tests.Drivers;

/// <summary>API keys as an operator configures them.</summary>
internal static class Keys
{
    public static string[] Settings(params (string Key, string Role)[] keys) =>
    [
        .. keys.Index().SelectMany(k => new[]
        {
            $"Auth:ApiKeys:{k.Index}:Name=key-{k.Index}",
            $"Auth:ApiKeys:{k.Index}:Sha256={Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(k.Item.Key)))}",
            $"Auth:ApiKeys:{k.Index}:Roles:0={k.Item.Role}",
        }),
    ];
}
