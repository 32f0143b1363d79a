using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Vivace.Testing.Http;

namespace Vivace.Testing.AppConfiguration;

/// <summary>What each request of the protocol is answered with; authentication and faults lie before it.</summary>
internal sealed class StandInProtocol(StandInStore store)
{
    private const int PageSize = 100;

    private static readonly string[] Versions = ["1.0", "2023-10-01", "2023-11-01", "2024-09-01"];

    public StandInAnswer Answer(HttpRequest request, byte[] body)
    {
        var version = request.Query["api-version"].ToString();
        if (!Versions.Contains(version))
        {
            return StandInAnswer.Problem(
                400, "invalid-argument", "Unsupported API version", "api-version",
                $"The HTTP resource that matches the request URI 'http://{request.Host}{request.Path}' does not support the API version '{version}'.");
        }

        // The path is decoded once, its slashes not; "/kv/" is all that stands before the key.
        var key = Uri.UnescapeDataString(request.Path.Value!).Length > 4 ? Uri.UnescapeDataString(request.Path.Value![4..]) : null;
        var label = Label(request);
        return (request.Method, key) switch
        {
            ("GET" or "HEAD", null) => List(request, label),
            ("GET" or "HEAD", _) => Get(request, key, label),
            ("PUT", not null) => Put(request, key, label, body),
            ("DELETE", not null) => Written(store.Delete(key, label, If(request.Headers.IfMatch)), key),
            _ => new StandInAnswer(405),
        };
    }

    private StandInAnswer Get(HttpRequest request, string key, string? label)
    {
        if (store.Find(key, label) is not { } setting)
        {
            return new StandInAnswer(404);
        }

        var answer = StandInAnswer.Of(setting);
        return If(request.Headers.IfNoneMatch) == answer.ETag ? new StandInAnswer(304) : answer;
    }

    private StandInAnswer List(HttpRequest request, string? label)
    {
        var after = request.Query["after"].ToString() is { Length: > 0 } text ? Encoding.UTF8.GetString(Convert.FromBase64String(text)) : null;
        var filter = request.Query["key"].ToString() is { Length: > 0 } given ? given : "*";
        var labelFilter = request.Query.ContainsKey("label") ? label ?? "\0" : null;
        var found = store.Select(filter, labelFilter, after).Take(PageSize + 1).ToArray();
        StandInSetting[] page = [.. found.Take(PageSize)];
        var etag = StandInWire.ListETag(page);
        if (If(request.Headers.IfNoneMatch) == $"\"{etag}\"")
        {
            return new StandInAnswer(304);
        }

        var next = found.Length > PageSize ? NextLink(request, page[^1]) : null;
        return new StandInAnswer(200) { ContentType = StandInWire.ListType, ETag = $"\"{etag}\"", Body = StandInWire.List(etag, page, next), Next = next };
    }

    private StandInAnswer Put(HttpRequest request, string key, string? label, byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        var json = document.RootElement;
        var tags = json.Find("tags") is { ValueKind: JsonValueKind.Object } given
            ? given.EnumerateObject().ToDictionary(t => t.Name, t => t.Value.GetString()!)
            : [];
        return Written(
            store.Put(key, label, Text(json, "value"), Text(json, "content_type"), tags, If(request.Headers.IfMatch), If(request.Headers.IfNoneMatch)), key);
    }

    private static StandInAnswer Written(StandInWrite write, string key) => write switch
    {
        { Setting: { } setting } => StandInAnswer.Of(setting),
        { Status: 409 } => StandInAnswer.Problem(
            409, "key-locked", $"Modifying key '{key}' is not allowed", "key", "The key is read-only. To allow modification unlock it first."),
        { Status: 204 } => new StandInAnswer(204) { ContentType = StandInWire.SettingType },
        _ => new StandInAnswer(write.Status),
    };

    private static string NextLink(HttpRequest request, StandInSetting last)
    {
        var query = request.QueryString.Value!.Split('&').Where(p => !p.StartsWith("after=", StringComparison.Ordinal));
        var after = Convert.ToBase64String(Encoding.UTF8.GetBytes(StandInStore.Id(last.Key, last.Label)));
        return $"{request.Path}{string.Join('&', query)}&after={Uri.EscapeDataString(after)}";
    }

    private static string? Label(HttpRequest request) => request.Query["label"].ToString() is { Length: > 0 } label && label != "\0" ? label : null;

    private static string? If(Microsoft.Extensions.Primitives.StringValues header) => header.ToString() is { Length: > 0 } value ? value : null;

    private static string? Text(JsonElement json, string name) => json.Find(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
