using System.Text.Json;
using Vivace.Runtime.Capabilities;
using Vivace.Runtime.Processing;

namespace Vivace.Runtime.Profiles;

/// <summary>Reads the profiles that ship with the runtime and those of a folder, and makes the catalog.</summary>
public static class ProfileLoader
{
    /// <summary>The catalog of the profiles that ship with the runtime and those of a folder.</summary>
    /// <param name="folder">Further profiles, one <c>{name}.json</c> each; may be missing.</param>
    public static ProfileCatalog? Load(CapabilityRegistry registry, string? folder, string fastName, ICollection<string> errors)
        => Load(registry, [.. Builtin(), .. InFolder(folder)], fastName, errors);

    /// <summary>The catalog, or null with every error of every profile.</summary>
    /// <param name="sources">Every profile; a later one of the same name wins.</param>
    public static ProfileCatalog? Load(CapabilityRegistry registry, IEnumerable<ProfileSource> sources, string fastName, ICollection<string> errors)
    {
        foreach (var error in registry.Errors)
        {
            errors.Add(error);
        }

        var profiles = new List<ResolvedProfile>();
        foreach (var source in sources)
        {
            var own = new List<string>();
            if (Parse(source.Name, source.Json.Span, own) is { } options)
            {
                profiles.Add(ProfileResolver.Resolve(options, registry, own));
            }

            foreach (var error in own)
            {
                errors.Add($"profile {source.Name}: {error}");
            }
        }

        return ProfileCatalog.Create(profiles, fastName, errors);
    }

    /// <summary>One profile from its JSON, or null with the error. It need not repeat its name.</summary>
    public static MessageProcessingOptions? Parse(string name, ReadOnlySpan<byte> json, ICollection<string> errors)
    {
        try
        {
            var options = JsonSerializer.Deserialize(json, ProfileJson.Default.MessageProcessingOptions);
            if (options is not null && (options.Profile ?? name) == name)
            {
                return options with { Profile = name };
            }

            errors.Add($"its member \"profile\" must be \"{name}\", as the file or key is named.");
        }
        catch (JsonException e)
        {
            errors.Add(e.Message);
        }

        return null;
    }

    /// <summary>The profiles that ship with the runtime.</summary>
    public static IEnumerable<ProfileSource> Builtin()
    {
        var assembly = typeof(ProfileLoader).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith("profiles/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            yield return new ProfileSource(Path.GetFileNameWithoutExtension(resource), copy.ToArray(), IsReleased: true);
        }
    }

    /// <summary>The profiles of a folder, one <c>{name}.json</c> each; none when it is missing.</summary>
    public static IEnumerable<ProfileSource> InFolder(string? folder)
        => !Directory.Exists(folder)
            ? []
            : Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)
                .Select(file => new ProfileSource(Path.GetFileNameWithoutExtension(file), File.ReadAllBytes(file)));
}
