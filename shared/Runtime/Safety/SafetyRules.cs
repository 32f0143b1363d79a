using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vivace.Runtime.Safety;

/// <summary>What may neither come in nor go out.</summary>
public sealed partial class SafetyRules
{
    private SafetyRules(Document document)
    {
        Input = new PhraseMatcher(document.Input.Phrases, document.Input.SecretPrefixes, document.MinSecretLength);
        Output = new PhraseMatcher(document.Output.Phrases, document.Output.SecretPrefixes, document.MinSecretLength);
        InputReplacement = document.Input.Replacement;
        OutputReplacement = document.Output.Replacement;
    }

    public PhraseMatcher Input { get; }

    public PhraseMatcher Output { get; }

    public string InputReplacement { get; }

    public string OutputReplacement { get; }

    /// <summary>The rules of a file, or those that ship with the runtime.</summary>
    /// <exception cref="JsonException">The file is not of the rules' form.</exception>
    public static SafetyRules Load(string? path)
    {
        using var content = path is null
            ? typeof(SafetyRules).Assembly.GetManifestResourceStream("safety-rules.json")!
            : File.OpenRead(path);
        return new SafetyRules(JsonSerializer.Deserialize(content, Json.Default.Document)!);
    }

    internal sealed record Document
    {
        public required Side Input { get; init; }

        public required Side Output { get; init; }

        /// <summary>UTF-16 units from which a run of letters, digits, - and _ behind a secret's prefix is a secret.</summary>
        public required int MinSecretLength { get; init; }
    }

    internal sealed record Side
    {
        public required string Replacement { get; init; }

        public required ImmutableArray<string> Phrases { get; init; }

        public required ImmutableArray<string> SecretPrefixes { get; init; }
    }

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
    [JsonSerializable(typeof(Document))]
    private sealed partial class Json : JsonSerializerContext;
}
