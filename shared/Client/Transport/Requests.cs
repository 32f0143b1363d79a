using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Vivace.Client.Transport;

/// <summary>Makes requests; paths are relative, so that an endpoint may lie under a prefix.</summary>
internal static class Requests
{
    public static HttpRequestMessage Get(string path) => new(HttpMethod.Get, path);

    public static HttpRequestMessage Delete(string path) => new(HttpMethod.Delete, path);

    public static HttpRequestMessage Post(string path, HttpContent? content = null) => new(HttpMethod.Post, path) { Content = content };

    public static HttpRequestMessage Patch(string path, HttpContent content) => new(HttpMethod.Patch, path) { Content = content };

    public static HttpContent Json<T>(T value, JsonTypeInfo<T> type) => Json(JsonSerializer.SerializeToUtf8Bytes(value, type));

    public static HttpContent Json(ReadOnlyMemory<byte> utf8)
        => new ReadOnlyMemoryContent(utf8) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    /// <summary>A segment of a path.</summary>
    public static string Segment(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        return Uri.EscapeDataString(value);
    }

    /// <summary>A page's query: <c>limit</c> and where it begins, each only when given.</summary>
    public static string Page(string path, string cursorName, string? cursor, int? limit)
    {
        var query = limit is { } size ? string.Create(CultureInfo.InvariantCulture, $"?limit={size}") : "";
        return cursor is null ? path + query : $"{path}{query}{(query.Length == 0 ? '?' : '&')}{cursorName}={Uri.EscapeDataString(cursor)}";
    }
}
