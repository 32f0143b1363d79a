using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Vivace.Runtime.Models;

/// <summary>Does to a call what a drill has asked for in its turn; to every other call nothing.</summary>
public sealed class FaultInjectingChatClient(IChatClient inner, TimeProvider time) : DelegatingChatClient(inner)
{
    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        await InjectAsync(options, cancellationToken);
        return await base.GetResponseAsync(messages, options, cancellationToken);
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await InjectAsync(options, cancellationToken);
        await foreach (var update in base.GetStreamingResponseAsync(messages, options, cancellationToken))
        {
            yield return update;
        }
    }

    private async ValueTask InjectAsync(ChatOptions? options, CancellationToken cancellation)
    {
        if (options is not RoutedChatOptions { Routing.Fault: { } fault })
        {
            return;
        }

        if (fault.Delay > TimeSpan.Zero)
        {
            await Task.Delay(fault.Delay, time, cancellation);
        }

        if (fault.Fails)
        {
            throw new ModelException(ModelFailure.Rejected, "A drill has this call fail.");
        }
    }
}
