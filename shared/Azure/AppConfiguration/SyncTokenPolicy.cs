using Azure.Core;
using Azure.Core.Pipeline;

namespace Vivace.Azure.AppConfiguration;

/// <summary>Sends the newest sync tokens and takes in those that come back.</summary>
internal sealed class SyncTokenPolicy(SyncTokens tokens) : HttpPipelineSynchronousPolicy
{
    private const string Name = "Sync-Token";

    public override void OnSendingRequest(HttpMessage message)
    {
        if (tokens.Header is { } header)
        {
            message.Request.Headers.SetValue(Name, header);
        }
    }

    public override void OnReceivedResponse(HttpMessage message)
    {
        if (message.Response.Headers.TryGetValues(Name, out var headers))
        {
            foreach (var header in headers)
            {
                tokens.Add(header);
            }
        }
    }
}
