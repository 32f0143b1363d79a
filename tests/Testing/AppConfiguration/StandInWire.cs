using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Vivace.Testing.AppConfiguration;

/// <summary>The bodies of the protocol.</summary>
internal static class StandInWire
{
    public const string SettingType = "application/vnd.microsoft.appconfig.kv+json; charset=utf-8";
    public const string ListType = "application/vnd.microsoft.appconfig.kvset+json; charset=utf-8";
    public const string ProblemType = "application/problem+json; charset=utf-8";

    public static byte[] Setting(StandInSetting setting) => Write(json => WriteSetting(json, setting));

    public static byte[] List(string etag, IReadOnlyList<StandInSetting> items, string? next) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("etag", etag);
        json.WriteStartArray("items");
        foreach (var item in items)
        {
            WriteSetting(json, item);
        }

        json.WriteEndArray();
        if (next is not null)
        {
            json.WriteString("@nextLink", next);
        }

        json.WriteEndObject();
    });

    public static byte[] Problem(string type, string title, string? name, string? detail, int status) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("type", $"https://azconfig.io/errors/{type}");
        json.WriteString("title", title);
        if (name is not null)
        {
            json.WriteString("name", name);
        }

        if (detail is not null)
        {
            json.WriteString("detail", detail);
        }

        json.WriteNumber("status", status);
        json.WriteEndObject();
    });

    /// <summary>Of a page's content alone, so that a page after it does not change it.</summary>
    public static string ListETag(IReadOnlyList<StandInSetting> items)
        => WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(',', items.Select(i => i.ETag)))));

    private static void WriteSetting(Utf8JsonWriter json, StandInSetting setting)
    {
        json.WriteStartObject();
        json.WriteString("etag", setting.ETag);
        json.WriteString("key", setting.Key);
        json.WriteString("label", setting.Label);
        json.WriteString("content_type", setting.ContentType);
        json.WriteString("value", setting.Value);
        json.WriteStartObject("tags");
        foreach (var (name, value) in setting.Tags)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteBoolean("locked", setting.IsLocked);
        json.WriteString("last_modified", setting.LastModified);
        json.WriteEndObject();
    }

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            write(json);
        }

        return body.ToArray();
    }
}
