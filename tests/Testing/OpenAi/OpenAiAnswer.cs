namespace Vivace.Testing.OpenAi;

/// <summary>How the stand-in answers one request.</summary>
public sealed record OpenAiAnswer
{
    public int Status { get; init; } = 200;

    /// <summary>The reply, in the pieces in which it is streamed.</summary>
    public IReadOnlyList<string> Chunks { get; init; } = [];

    /// <summary>Calls of tools: name and arguments as JSON.</summary>
    public IReadOnlyList<(string Name, string Arguments)> Calls { get; init; } = [];

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The <c>service_tier</c> that the answer reports.</summary>
    public string? ServiceTier { get; init; }

    /// <summary>Sent as it is in place of a completion.</summary>
    public string? Raw { get; init; }

    public TimeSpan FirstByteAfter { get; init; }

    public TimeSpan BetweenChunks { get; init; }

    /// <summary>Once complete, there are no more pauses between chunks.</summary>
    public Task? Hurry { get; init; }

    /// <summary>Nothing is sent before this; the test decides when.</summary>
    public Task? Until { get; init; }

    /// <summary>The number of chunks after which to wait for <see cref="Until"/>, in place of before the first byte.</summary>
    public int UntilAfterChunks { get; init; }

    /// <summary>The connection is cut after so many chunks; what the client has not read by then is lost with it.</summary>
    public int? CutAfter { get; init; }

    public static OpenAiAnswer Says(string text) => new() { Chunks = [text] };

    public static OpenAiAnswer Streams(params string[] chunks) => new() { Chunks = chunks };

    public static OpenAiAnswer CallsTool(string name, string arguments) => new() { Calls = [(name, arguments)] };

    public static OpenAiAnswer Fails(int status) => new() { Status = status };

    public static OpenAiAnswer Throttles(int milliseconds) => new()
    {
        Status = 429,
        Headers = new Dictionary<string, string> { ["retry-after-ms"] = $"{milliseconds}" },
    };

    public static OpenAiAnswer Malformed(string raw) => new() { Raw = raw };

    /// <summary>Never answers.</summary>
    public static OpenAiAnswer Stalls() => new() { Until = new TaskCompletionSource().Task };
}
