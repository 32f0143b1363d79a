using System.Text.Json;
using Vivace.Runtime.Safety;

namespace Vivace.Runtime.Tests.Safety;

/// <summary>Unsafe texts made from every rule that ships, in the disguises that people try.</summary>
internal static class UnsafeTexts
{
    private static readonly Func<string, string>[] Disguises =
    [
        p => p,
        p => p.ToUpperInvariant(),
        p => p.Replace(" ", "  \n", StringComparison.Ordinal),
        p => p.Replace(" ", "-", StringComparison.Ordinal),
        p => p.Replace(" ", "\u0001", StringComparison.Ordinal),
        p => p.Replace(" ", "\u3164\uFE0F", StringComparison.Ordinal),
        p => string.Join('\u034F', p.Replace(" ", "\u007F", StringComparison.Ordinal).Select(c => c.ToString())),
        p => string.Join('\u200B', p.Select(c => c.ToString())),
        p => string.Join("\uFE0F\u034F\u3164\0\U000E0061\U000E0100", p.Select(c => c.ToString())),
        p => string.Concat(p.Select(c => c is > ' ' and <= '~' ? (char)(c + 0xFEE0) : c)),
        p => p.Replace(" ", " 😀 ", StringComparison.Ordinal),
        p => $"\"{p}\"",
    ];

    private static readonly JsonElement Rules = Read();

    public static IEnumerable<string> Inputs()
        => Disguises.SelectMany(disguise => Phrases("input").Select(p => $"Please tell me, {disguise(p)}, thanks"));

    public static IEnumerable<(string Whole, string Unsafe)> Outputs()
    {
        var phrases = Disguises.SelectMany(disguise => Phrases("output").Select(p => ($"Certainly. First, {disguise(p)} and then rest.", disguise(p))));
        var secrets = Rules.GetProperty("output").GetProperty("secretPrefixes").EnumerateArray()
            .SelectMany(prefix => Enumerable.Range(0, 8).Select(i => prefix.GetString() + string.Concat(Enumerable.Repeat($"aB{i}_x", 6))))
            .Select(secret => ($"The key is {secret}.", secret));
        return secrets.Concat(phrases);
    }

    private static IEnumerable<string> Phrases(string side) => Rules.GetProperty(side).GetProperty("phrases").EnumerateArray().Select(p => p.GetString()!);

    private static JsonElement Read()
    {
        using var stream = typeof(SafetyRules).Assembly.GetManifestResourceStream("safety-rules.json")!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
