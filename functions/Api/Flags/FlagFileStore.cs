using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vivace.Api.Settings;
using Vivace.Rollouts.Flags;

namespace Vivace.Api.Flags;

/// <summary>
/// The flag file as it is changed by rollouts: under a lock, compared by the flag's content, and put in place by a rename, so
/// that no reader ever sees half of it. Everything else in the file stays.
/// </summary>
internal sealed class FlagFileStore(FlagsSettings settings, StorageSettings storage, FlagFile file, TimeProvider time) : IFlagStore
{
    private static readonly JsonSerializerOptions Form = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly string path = settings.PathUnder(storage.Path);

    public async Task<StoredFlag?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return Stored(name, Find(Flags(await LoadAsync(cancellationToken)), name));
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new FlagStoreException($"{path} cannot be read: {e.Message}", e);
        }
    }

    public async Task<FlagWriteOutcome> WriteAsync(string name, string json, string? etag, CancellationToken cancellationToken)
    {
        try
        {
            using var right = await FlagFileLock.TakeAsync(path, time, cancellationToken);
            var document = await LoadAsync(cancellationToken);
            var flags = Flags(document);
            var before = Find(flags, name);
            if (Stored(name, before)?.ETag != etag)
            {
                return new FlagWriteOutcome(FlagWriteStatus.Changed);
            }

            var wanted = JsonNode.Parse(json, documentOptions: Strict) ?? throw new JsonException("A flag is not null.");
            Put(flags, before, wanted);
            Replace(document.ToJsonString(Form) + "\n");
            file.Refresh();
            return new FlagWriteOutcome(FlagWriteStatus.Done, Stored(name, wanted));
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new FlagStoreException($"{path} cannot be written: {e.Message}", e);
        }
    }

    private async Task<JsonObject> LoadAsync(CancellationToken cancellation)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        var content = await File.ReadAllBytesAsync(path, cancellation);
        return JsonNode.Parse(content, documentOptions: Strict) as JsonObject ?? throw new JsonException("It is not an object.");
    }

    private static JsonArray Flags(JsonObject document)
    {
        if (document["feature_management"] is not JsonObject section)
        {
            document["feature_management"] = section = [];
        }

        if (section["feature_flags"] is not JsonArray flags)
        {
            section["feature_flags"] = flags = [];
        }

        return flags;
    }

    private static JsonNode? Find(JsonArray flags, string name)
        => flags.FirstOrDefault(f => f is JsonObject flag && flag["id"] is JsonValue id && id.TryGetValue(out string? text) && text == name);

    private static void Put(JsonArray flags, JsonNode? before, JsonNode wanted)
    {
        if (before is null)
        {
            flags.Add(wanted);
        }
        else
        {
            flags[flags.IndexOf(before)] = wanted;
        }
    }

    private static StoredFlag? Stored(string name, JsonNode? flag)
    {
        var json = flag?.ToJsonString(Compact);
        return json is null ? null : new StoredFlag(name, json, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)).AsSpan(0, 16)));
    }

    /// <summary>Written out before the rename, so that not even a lost machine leaves half a file.</summary>
    private void Replace(string content)
    {
        var next = path + ".next";
        using (var stream = new FileStream(next, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            stream.Write(Encoding.UTF8.GetBytes(content));
            stream.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }
}
