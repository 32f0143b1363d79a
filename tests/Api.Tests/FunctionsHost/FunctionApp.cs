using System.Text.Json;

namespace Vivace.Api.Tests.FunctionsHost;

/// <summary>What the published folder tells the Functions host: host.json and one function.json a function.</summary>
internal static class FunctionApp
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "FunctionApp");

    public static JsonElement Host { get; } = Parse(Path.Combine(Folder, "host.json"));

    /// <summary>The bindings of each function, by its name.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<JsonElement>> Bindings { get; } = Directory.GetDirectories(Folder).ToDictionary(
        folder => Path.GetFileName(folder),
        folder => (IReadOnlyList<JsonElement>)[.. Parse(Path.Combine(folder, "function.json")).GetProperty("bindings").EnumerateArray()]);

    /// <summary>The trigger of each function whose trigger is of that type.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Triggers(string type) => Bindings
        .Where(f => f.Value[0].GetProperty("type").ValueEquals(type))
        .ToDictionary(f => f.Key, f => f.Value[0]);

    private static JsonElement Parse(string path) => JsonElement.Parse(File.ReadAllBytes(path));
}
