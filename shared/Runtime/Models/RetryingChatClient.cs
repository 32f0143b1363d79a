using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Vivace.Runtime.Models;

/// <summary>
/// Tries a call again that failed before its first byte, as often as the turn's profile allows; never after. Waits as the
/// provider asks, else 200 ms doubling.
/// </summary>
public sealed class RetryingChatClient(IChatClient inner, TimeProvider time) : DelegatingChatClient(inner)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);

    /// <summary>Somebody waits for the reply: a provider that asks for longer is not asked again.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(8);

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        for (var tried = 0; ; tried++)
        {
            try
            {
                return await base.GetResponseAsync(messages, options, cancellationToken);
            }
            catch (ModelException e) when (MayTryAgain(e, tried, options))
            {
                await Task.Delay(Wait(e, tried), time, cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var updates = await OpenAsync(messages, options, cancellationToken);
        await using (updates)
        {
            do
            {
                yield return updates.Current;
            }
            while (await updates.MoveNextAsync());
        }
    }

    private async Task<IAsyncEnumerator<ChatResponseUpdate>> OpenAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellation)
    {
        for (var tried = 0; ; tried++)
        {
            var updates = base.GetStreamingResponseAsync(messages, options, cancellation).GetAsyncEnumerator(cancellation);
            try
            {
                if (await updates.MoveNextAsync())
                {
                    return updates;
                }

                throw new ModelException(ModelFailure.Malformed, "The model's stream ended without an answer.");
            }
            catch (ModelException e) when (MayTryAgain(e, tried, options))
            {
                await updates.DisposeAsync();
                await Task.Delay(Wait(e, tried), time, cancellation);
            }
            catch
            {
                await updates.DisposeAsync();
                throw;
            }
        }
    }

    private static bool MayTryAgain(ModelException e, int tried, ChatOptions? options)
        => e.IsTransient && Wait(e, tried) <= LongestWait && tried < ((options as RoutedChatOptions)?.Routing?.Retries ?? 0);

    private static TimeSpan Wait(ModelException e, int tried) => e.RetryAfter ?? FirstWait * Math.Pow(2, tried);
}
