using System.Globalization;
using System.Text;
using Vivace.Testing.OpenAi;

namespace Vivace.Api.Tests.Streams;

/// <summary>Replies of many chunks of text in many scripts, made from a seed, so that model and test agree on them.</summary>
internal static class LongReply
{
    private static readonly string[] Pieces = ["a ", "é", "ß ", "日本語", "😀", "👩‍🚀 ", "नमस्ते ", "𝒳", "Ω", "\n", "\"quoted\" ", "\\ ", "🇫🇷", "е́ ", "text "];

    /// <summary>What to say so that <see cref="Decide"/> answers with this many chunks.</summary>
    public static string Ask(int seed, int chunks) => string.Create(CultureInfo.InvariantCulture, $"long {seed} {chunks}");

    public static string Text(int seed, int chunks) => string.Concat(Chunks(seed, chunks));

    /// <summary>Answers for <see cref="OpenAiStandIn.Decide"/>.</summary>
    /// <param name="between">Pause between chunks.</param>
    public static Func<OpenAiRequest, OpenAiAnswer?> Decide(TimeSpan between) => request =>
        request.Prompt("user")?.Split(' ') is ["long", var seed, var chunks]
            ? OpenAiAnswer.Streams([.. Chunks(Number(seed), Number(chunks))]) with { BetweenChunks = between }
            : null;

    private static IEnumerable<string> Chunks(int seed, int chunks)
    {
        var random = new Random(seed);
        for (var i = 0; i < chunks; i++)
        {
            // Replies begin and end with something visible: white space around them is not part of them.
            var chunk = new StringBuilder(i == 0 ? "→" : "");
            for (var n = random.Next(1, 5); n > 0; n--)
            {
                chunk.Append(Pieces[random.Next(Pieces.Length)]);
            }

            yield return i == chunks - 1 ? chunk.Append('←').ToString() : chunk.ToString();
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
