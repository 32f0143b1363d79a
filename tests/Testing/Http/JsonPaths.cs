using System.Globalization;
using System.Text.Json;

namespace Vivace.Testing.Http;

public static class JsonPaths
{
    /// <summary>A member by its path, such as <c>models.0.type</c>: a string as it is, anything else as JSON; null when absent.</summary>
    public static string? At(this JsonElement json, string path) => json.Find(path) is { } found
        ? found.ValueKind == JsonValueKind.String ? found.GetString() : found.GetRawText()
        : null;

    /// <summary>The element at a path; null when absent.</summary>
    public static JsonElement? Find(this JsonElement json, string path)
    {
        var at = json;
        foreach (var step in path.Split('.'))
        {
            if (at.ValueKind == JsonValueKind.Array && int.TryParse(step, CultureInfo.InvariantCulture, out var index) && index < at.GetArrayLength())
            {
                at = at[index];
            }
            else if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(step, out at))
            {
                return null;
            }
        }

        return at;
    }
}
