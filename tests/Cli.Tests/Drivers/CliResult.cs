using System.Text.Json;

namespace Vivace.Cli.Tests.Drivers;

/// <summary>How a command ended, and all that it wrote.</summary>
public sealed record CliResult(int Code, string Out, string Error)
{
    /// <summary>Standard output as one JSON object.</summary>
    public JsonElement Json => Parse(Out);

    /// <summary>Standard output as one JSON object a line.</summary>
    public IReadOnlyList<JsonElement> Lines => [.. Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];

    /// <summary>The error under --json.</summary>
    public JsonElement Failure => Parse(Error).GetProperty("error");

    private static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
