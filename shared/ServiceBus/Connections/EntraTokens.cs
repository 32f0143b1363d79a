using Azure.Core;

namespace Vivace.ServiceBus.Connections;

/// <summary>Tokens of Microsoft Entra ID.</summary>
internal sealed class EntraTokens(TokenCredential credential) : ITokenSource
{
    private static readonly TokenRequestContext Scope = new(["https://servicebus.azure.net/.default"]);

    public string Type => "jwt";

    public async ValueTask<AccessGrant> GetAsync(string audience, CancellationToken cancellation)
    {
        var token = await credential.GetTokenAsync(Scope, cancellation).ConfigureAwait(false);
        return new AccessGrant(token.Token, token.ExpiresOn);
    }
}
