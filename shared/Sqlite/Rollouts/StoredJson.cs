using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Vivace.Sqlite.Rollouts;

internal static class StoredJson
{
    /// <summary>Null where it cannot be read, since another version of the program has written it.</summary>
    public static T? Read<T>(string json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
