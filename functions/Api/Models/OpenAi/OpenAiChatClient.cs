using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using Vivace.Runtime.Models;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Vivace.Api.Models.OpenAi;

/// <summary>Passes the service tier, reports the served one, and puts the SDK's failures into the runtime's terms.</summary>
internal sealed class OpenAiChatClient(IChatClient inner, string? defaultTier) : DelegatingChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            var response = await base.GetResponseAsync(messages, WithTier(options), cancellationToken);
            if (response.RawRepresentation is ChatCompletion { ServiceTier: { } tier })
            {
                response.AdditionalProperties = ServiceTier.With(response.AdditionalProperties, tier.ToString());
            }

            return response;
        }
        catch (Exception e) when (OpenAiFailures.Translate(e, cancellationToken) is { } failure)
        {
            throw failure;
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var updates = base.GetStreamingResponseAsync(messages, WithTier(options), cancellationToken).GetAsyncEnumerator(cancellationToken);
        var finished = false;
        while (await MoveNextAsync(updates, cancellationToken))
        {
            var update = updates.Current;
            finished |= update.FinishReason is not null;
            if (update.RawRepresentation is StreamingChatCompletionUpdate { ServiceTier: { } tier })
            {
                update.AdditionalProperties = ServiceTier.With(update.AdditionalProperties, tier.ToString());
            }

            yield return update;
        }

        if (!finished)
        {
            throw new ModelException(ModelFailure.Malformed, "The model's stream broke off without a finish reason.");
        }
    }

    private static async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<ChatResponseUpdate> updates, CancellationToken cancellation)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (Exception e) when (OpenAiFailures.Translate(e, cancellation) is { } failure)
        {
            throw failure;
        }
    }

    private ChatOptions? WithTier(ChatOptions? options)
    {
        var tier = (options as RoutedChatOptions)?.Routing?.ServiceTier ?? defaultTier;
        if (tier is null)
        {
            return options;
        }

        var copy = options?.Clone() ?? new ChatOptions();
        copy.RawRepresentationFactory = _ => new ChatCompletionOptions { ServiceTier = new ChatServiceTier(tier) };
        return copy;
    }
}
