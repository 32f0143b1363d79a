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

    /// <summary>Told a second time: words of the text against words of each phrase, and runs against the secret's prefix.</summary>
    private static bool Blocks(string text, bool isWhole = true)
    {
        var normalized = new StringBuilder();
        foreach (var c in text.Where(c => c != '\u200B'))
        {
            normalized.Append(char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ');
        }

        var words = $" {string.Join(' ', normalized.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries))} ";
        if (!isWhole && text.Length > 0 && char.IsAsciiLetterOrDigit(text.Replace("\u200B", "", StringComparison.Ordinal).LastOrDefault()))
        {
            // What follows may make another word of the last one.
            words = words.TrimEnd();
        }

        string[] phrases = [" ab ab ", " aba ", " b a b ", " abc ab abc ", " c "];
        var runs = text.Split([' ', ',', '\u200B']);
        return phrases.Any(p => words.Contains(p, StringComparison.Ordinal)) || runs.Any(r => r.StartsWith("ba-", StringComparison.Ordinal) && r.Length >= 4);
    }
}
