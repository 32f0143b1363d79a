using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Vivace.Bench.InProcess;

/// <summary>
/// A model that takes a fixed time and always says the same, streamed word by word where a stream is asked for; the number is
/// for the judge of quality.
/// </summary>
/// <param name="latency">Before the answer, or its first word.</param>
/// <param name="betweenWords">Before each further word of a stream.</param>
internal sealed class FixedModel(TimeSpan latency, TimeSpan betweenWords = default) : IChatClient
{
    private const string Answer = "80 words would be too many here, so this is the reply in one sentence.";

    private static readonly string[] Words = [.. Answer.Split(' ').Select(word => word + " ")];

    public static int WordCount => Words.Length;

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        await PauseAsync(latency, cancellationToken);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, Answer)) { ModelId = options?.ModelId, FinishReason = ChatFinishReason.Stop };
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await PauseAsync(latency, cancellationToken);
        foreach (var (index, word) in Words.Index())
        {
            await PauseAsync(index == 0 ? TimeSpan.Zero : betweenWords, cancellationToken);
            yield return new ChatResponseUpdate(ChatRole.Assistant, word) { ModelId = options?.ModelId };
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private static Task PauseAsync(TimeSpan time, CancellationToken cancellation) => time > TimeSpan.Zero ? Task.Delay(time, cancellation) : Task.CompletedTask;
}
