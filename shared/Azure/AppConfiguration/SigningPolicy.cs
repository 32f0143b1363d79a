using Azure.Core;
using Azure.Core.Pipeline;

namespace Vivace.Azure.AppConfiguration;

/// <summary>Signs every try anew, so that a late one does not carry an old date.</summary>
internal sealed class SigningPolicy(ConfigurationConnectionString access, TimeProvider time) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        var request = message.Request;
        var uri = request.Uri.ToUri();
        var date = RequestSignature.Date(time.GetUtcNow());
        var hash = RequestSignature.ContentHash(Body(request.Content));
        request.Headers.SetValue("x-ms-date", date);
        request.Headers.SetValue("x-ms-content-sha256", hash);
        request.Headers.SetValue(
            "Authorization",
            RequestSignature.Authorization(access.Id, access.Secret, request.Method.ToString(), uri.PathAndQuery, date, uri.Authority, hash));
    }

    private static byte[] Body(RequestContent? content)
    {
        if (content is null)
        {
            return [];
        }

        using var body = new MemoryStream();
        content.WriteTo(body, CancellationToken.None);
        return body.ToArray();
    }
}
