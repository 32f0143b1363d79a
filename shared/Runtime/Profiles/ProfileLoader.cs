using System.Text.Json;
using Vivace.Runtime.Capabilities;
using Vivace.Runtime.Processing;

namespace Vivace.Runtime.Profiles;

/// <summary>Reads the profiles that ship with the runtime and those of a folder, and makes the catalog.</summary>
public static class ProfileLoader
{
    /// <summary>The catalog, or null with every error of every profile.</summary>
    /// <param name="folder">Further profiles, one <c>{name}.json</c> each; may be missing.</param>
    public static ProfileCatalog? Load(CapabilityRegistry registry, string? folder, string fastName, ICollection<string> errors)
    {
        foreach (var error in registry.Errors)
        {
            errors.Add(error);
        }

        var profiles = new List<ResolvedProfile>();
        foreach (var (name, json) in Builtin().Concat(InFolder(folder)))
        {
            var own = new List<string>();
            if (Parse(name, json, own) is { } options)
            {
                profiles.Add(ProfileResolver.Resolve(options, registry, own));
            }

            foreach (var error in own)
            {
                errors.Add($"profile {name}: {error}");
            }
        }

        return ProfileCatalog.Create(profiles, fastName, errors);
    }

    /// <summary>One profile from its JSON, or null with the error.</summary>
    public static MessageProcessingOptions? Parse(string name, ReadOnlySpan<byte> json, ICollection<string> errors)
    {
        try
        {
            var options = JsonSerializer.Deserialize(json, ProfileJson.Default.MessageProcessingOptions);
            if (options is not null && options.Profile == name)
            {
                return options;
            }

            errors.Add($"its member \"profile\" must be \"{name}\", as the file is named.");
        }
        catch (JsonException e)
        {
            errors.Add(e.Message);
        }

        return null;
    }

    private static IEnumerable<(string Name, byte[] Json)> Builtin()
    {
        var assembly = typeof(ProfileLoader).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith("profiles/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            yield return (Path.GetFileNameWithoutExtension(resource), copy.ToArray());
        }
    }

    private static IEnumerable<(string Name, byte[] Json)> InFolder(string? folder)
        => !Directory.Exists(folder)
            ? []
            : Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)
                .Select(file => (Path.GetFileNameWithoutExtension(file), File.ReadAllBytes(file)));
}
