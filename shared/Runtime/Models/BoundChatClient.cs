using Microsoft.Extensions.AI;

namespace Vivace.Runtime.Models;

/// <summary>
/// A client bound to one turn: every call carries the turn's routing, whatever the ambient scope says. Providers, actions
/// and evaluators are handed one. The shared client behind it outlives the turn and is not disposed with it.
/// </summary>
internal sealed class BoundChatClient(IChatClient inner, ModelRouting routing, ModelSize defaultSize) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => inner.GetResponseAsync(messages, Bind(options), cancellationToken);

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => inner.GetStreamingResponseAsync(messages, Bind(options), cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null)
        => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : inner.GetService(serviceType, serviceKey);

    public void Dispose()
    {
    }

    private RoutedChatOptions Bind(ChatOptions? options)
        => RoutedChatOptions.From(options, routing, (options as RoutedChatOptions)?.Size ?? defaultSize);
}
