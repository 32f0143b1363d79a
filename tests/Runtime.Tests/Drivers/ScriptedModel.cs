using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Vivace.Runtime.Tests.Drivers;

/// <summary>A model that answers as a script says and keeps every request that it received.</summary>
internal sealed class ScriptedModel(string name, Func<ModelRequest, CancellationToken, Task<ScriptedAnswer>> script) : IChatClient
{
    private readonly Lock gate = new();
    private readonly List<ModelRequest> requests = [];

    public ScriptedModel(string name, Func<ModelRequest, ScriptedAnswer> script)
        : this(name, (request, _) => Task.FromResult(script(request)))
    {
    }

    public IReadOnlyList<ModelRequest> Requests
    {
        get
        {
            lock (gate)
            {
                return [.. requests];
            }
        }
    }

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var answer = await AnswerAsync(messages, options, streamed: false, cancellationToken);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, [.. answer.Contents])) { ModelId = name };
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var answer = await AnswerAsync(messages, options, streamed: true, cancellationToken);
        foreach (var content in answer.Contents)
        {
            if (content is not TextContent text)
            {
                yield return new ChatResponseUpdate(ChatRole.Assistant, [content]) { ModelId = name };
                continue;
            }

            foreach (var chunk in text.Text.Chunk(Math.Max(1, answer.ChunkLength)))
            {
                await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
                yield return new ChatResponseUpdate(ChatRole.Assistant, new string(chunk)) { ModelId = name };
            }
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private async Task<ScriptedAnswer> AnswerAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, bool streamed, CancellationToken cancellation)
    {
        var request = new ModelRequest(name, [.. messages], options, streamed);
        lock (gate)
        {
            requests.Add(request);
        }

        cancellation.ThrowIfCancellationRequested();
        return await script(request, cancellation);
    }
}
