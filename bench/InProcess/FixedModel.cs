using Microsoft.Extensions.AI;

namespace Vivace.Bench.InProcess;

/// <summary>A model that takes a fixed time and always says the same; the number is for the judge of quality.</summary>
internal sealed class FixedModel(TimeSpan latency) : IChatClient
{
    private const string Answer = "80 words would be too many here, so this is the reply in one sentence.";

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (latency > TimeSpan.Zero)
        {
            await Task.Delay(latency, cancellationToken);
        }

        return new ChatResponse(new ChatMessage(ChatRole.Assistant, Answer)) { ModelId = options?.ModelId, FinishReason = ChatFinishReason.Stop };
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => throw new NotSupportedException("The bench asks for whole replies only.");

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
