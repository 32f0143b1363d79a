using Vivace.Client.Transport;
using Vivace.Contracts;
using Vivace.Contracts.Capabilities;

namespace Vivace.Client.Capabilities;

/// <summary><c>/api/capabilities</c>: what a client may ask of the server.</summary>
public sealed class CapabilitiesClient
{
    private readonly VivaceHttp http;

    internal CapabilitiesClient(VivaceHttp http) => this.http = http;

    /// <summary>What the server accepts from this caller at present; flags change it while it runs.</summary>
    public Task<CapabilitiesReply> GetAsync(CancellationToken cancellationToken = default)
        => http.CallAsync(Requests.Get("api/capabilities"), WireJson.Context.CapabilitiesReply, cancellationToken);
}
