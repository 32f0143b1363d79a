using System.Diagnostics;
using System.Text.Json;
using Vivace.Testing.Http;

namespace Vivace.Testing.OpenAi;

/// <summary>A request that the stand-in has got, and what became of it.</summary>
public sealed class OpenAiRequest(IReadOnlyDictionary<string, string> headers, JsonElement body)
{
    private readonly TaskCompletionSource<long> aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyDictionary<string, string> Headers { get; } = headers;

    public JsonElement Body { get; } = body;

    /// <summary>When it came, as a <see cref="Stopwatch"/> timestamp.</summary>
    public long ReceivedAt { get; } = Stopwatch.GetTimestamp();

    public bool Streamed => Body.At("stream") == "true";

    /// <summary>Whether the model is asked to judge, not to talk.</summary>
    public bool IsTask => Prompt("system")?.StartsWith("Task:", StringComparison.Ordinal) is true;

    /// <summary>Completes with a <see cref="Stopwatch"/> timestamp when the client closes the request before its end.</summary>
    public Task<long> Aborted => aborted.Task;

    /// <summary>Whether the whole answer was sent.</summary>
    public bool Completed { get; internal set; }

    public IEnumerable<string?> Tools
        => Body.Find("tools") is { } tools ? tools.EnumerateArray().Select(t => t.At("function.name")) : [];

    public string? this[string path] => Body.At(path);

    /// <summary>The text of the newest message of a role.</summary>
    public string? Prompt(string role)
    {
        var message = Body.GetProperty("messages").EnumerateArray().LastOrDefault(m => m.At("role") == role);
        return message.ValueKind == JsonValueKind.Undefined ? null : message.At("content.0.text") ?? message.At("content");
    }

    internal void Abort() => aborted.TrySetResult(Stopwatch.GetTimestamp());
}
