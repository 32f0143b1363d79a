using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Vivace.Runtime.Models.Offline;

/// <summary>
/// A demonstration model: rule-based and deterministic, needs no account, streams word by word with simulated latency.
/// It is no language model and says so.
/// </summary>
public sealed class OfflineChatClient(ModelSize size, OfflineLatency latency, TimeProvider time) : IChatClient
{
    private readonly string model = $"offline-{size.Wire()}";

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var answer = OfflineRules.Answer([.. messages], options);
        await WaitAsync(latency.FirstToken + (latency.PerWord * Words(answer.Text).Count()), cancellationToken);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, Contents(answer)))
        {
            ModelId = model,
            FinishReason = answer.Call is null ? ChatFinishReason.Stop : ChatFinishReason.ToolCalls,
        };
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var answer = OfflineRules.Answer([.. messages], options);
        await WaitAsync(latency.FirstToken, cancellationToken);
        if (answer.Call is not null)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, Contents(answer)) { ModelId = model };
        }

        foreach (var word in Words(answer.Text))
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, word) { ModelId = model };
            await WaitAsync(latency.PerWord, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
        => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static IList<AIContent> Contents(OfflineAnswer answer) => answer.Call is { } call ? [call] : [new TextContent(answer.Text)];

    private static IEnumerable<string> Words(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var space = text.IndexOf(' ', start);
            var end = space < 0 ? text.Length : space + 1;
            yield return text[start..end];
            start = end;
        }
    }

    private async ValueTask WaitAsync(TimeSpan wait, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancellation);
        }
    }
}
