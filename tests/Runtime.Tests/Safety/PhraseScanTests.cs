using System.Text;
using Vivace.Runtime.Safety;

namespace Vivace.Runtime.Tests.Safety;

public sealed class PhraseScanTests
{
    private static readonly PhraseMatcher Matcher = new(["ab ab", "aba", "b a b", "abc ab abc", "c"], ["ba-"], 4);

    [Fact]
    public void Any_chunking_blocks_what_the_whole_text_blocks_and_releases_nothing_of_it()
    {
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 24)).Select(_ => "aAbBcd -,\u200B"[random.Next(10)]));
            var expected = Blocks(text);

            var scan = Matcher.Scan();
            var (blocked, released) = (false, 0);
            for (var at = 0; at < text.Length && !blocked;)
            {
                at = Math.Min(text.Length, at + random.Next(1, 5));
                var (now, releasable) = scan.Continue(text.AsSpan(0, at), complete: false);
                blocked = now;
                Assert.True(now || releasable >= released, $"seed {seed}: what was released stays released");
                released = now ? released : releasable;
            }

            blocked = blocked || scan.Continue(text, complete: true).Blocked;
            Assert.True(expected == blocked, $"seed {seed}: \"{text}\" whole {expected}, in chunks {blocked}");
            Assert.True(!expected || !Blocks(text[..released], isWhole: false), $"seed {seed}: \"{text}\" released \"{text[..released]}\"");
        }
    }

    /// <summary>Told a second time, by all ways to read what is invisible: as nothing, or as the end of a word.</summary>
    private static bool Blocks(string text, bool isWhole = true)
    {
        var at = text.IndexOf('\u200B', StringComparison.Ordinal);
        return HoldsSecret(text)
            || (at < 0 ? HoldsPhrase(text, isWhole) : Ways(text).Any(way => HoldsPhrase(way, isWhole)));
    }

    private static IEnumerable<string> Ways(string text)
    {
        var parts = text.Split('\u200B');
        return Enumerable.Range(0, 1 << (parts.Length - 1))
            .Select(way => string.Concat(parts.Select((part, i) => i == 0 ? part : (way >> (i - 1) & 1) == 0 ? part : $" {part}")));
    }

    private static bool HoldsSecret(string text)
        => text.Split([' ', ',', '\u200B']).Any(r => r.StartsWith("ba-", StringComparison.Ordinal) && r.Length >= 4);

    /// <summary>Words of the text against words of each phrase.</summary>
    private static bool HoldsPhrase(string text, bool isWhole)
    {
        var normalized = new StringBuilder();
        foreach (var c in text)
        {
            normalized.Append(char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ');
        }

        var words = $" {string.Join(' ', normalized.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries))} ";
        if (!isWhole && text.Length > 0 && char.IsAsciiLetterOrDigit(text[^1]))
        {
            // What follows may make another word of the last one.
            words = words.TrimEnd();
        }

        string[] phrases = [" ab ab ", " aba ", " b a b ", " abc ab abc ", " c "];
        return phrases.Any(p => words.Contains(p, StringComparison.Ordinal));
    }
}
