using System.ClientModel;
using System.ClientModel.Primitives;
using Azure.Identity;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using Vivace.Api.Settings;

namespace Vivace.Api.Models.OpenAi;

/// <summary>Makes the client of an OpenAI-compatible endpoint, Azure OpenAI's v1 endpoint included.</summary>
internal static class OpenAiModel
{
    private const string EntraScope = "https://cognitiveservices.azure.com/.default";

    public static IChatClient Create(ModelSettings settings)
    {
        var options = new OpenAIClientOptions
        {
            Endpoint = new Uri(settings.Endpoint!),

            // Retries are the profile's to say, and never after the first byte.
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            Transport = new HttpClientPipelineTransport(new HttpClient(Handler()) { Timeout = Timeout.InfiniteTimeSpan }),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        };
        var client = settings.UseEntra && string.IsNullOrWhiteSpace(settings.ApiKey)
            ? new ChatClient(settings.Model!, new BearerTokenPolicy(new DefaultAzureCredential(), EntraScope), options)
            : new ChatClient(settings.Model!, new ApiKeyCredential(settings.ApiKey!), options);
        return new OpenAiChatClient(client.AsIChatClient(), settings.ServiceTier);
    }

    private static SocketsHttpHandler Handler() => new()
    {
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),

        // Long enough for what follows [DONE], so that the connection is kept; a model that talks on after a cancel is cut
        // off then, where the default would listen to it for 2 s.
        ResponseDrainTimeout = TimeSpan.FromMilliseconds(100),
    };
}
