using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Vivace.Testing.Http;

/// <summary>A response, read to its end.</summary>
public sealed record Answer(int Status, HttpResponseHeaders Headers, string? MediaType, string Body)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json { get; } = MediaType?.EndsWith("json", StringComparison.Ordinal) is true ? Parse(Body) : default;

    /// <summary>A member by its path, such as <c>processing.models.0.type</c>: a string as it is, anything else as JSON; null when absent.</summary>
    public string? this[string path] => Json.At(path);

    public static async Task<Answer> ReadAsync(HttpResponseMessage response, CancellationToken cancellation = default)
    {
        var body = await response.Content.ReadAsStringAsync(cancellation);
        return new Answer((int)response.StatusCode, response.Headers, response.Content.Headers.ContentType?.MediaType, body);
    }

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Status} {MediaType} {Body}");

    private static JsonElement Parse(string body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.Clone();
    }
}
