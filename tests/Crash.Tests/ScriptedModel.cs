using System.Collections.Concurrent;
using System.Globalization;
using Vivace.Testing.OpenAi;

namespace Vivace.Crash.Tests;

/// <summary>
/// A model whose every generation has text of its own, so that text of two in one reply shows, and whose every judgement is
/// another, so that an evaluation that had its effects twice shows.
/// </summary>
internal sealed class ScriptedModel : IAsyncDisposable
{
    /// <summary>Said to the small model, it fails.</summary>
    public const string Break = "Break.";

    /// <summary>In its midst a long reply waits so long to be cancelled; less than the deadline.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(4);

    private readonly OpenAiStandIn standIn;
    private readonly ConcurrentDictionary<string, byte> generations = new(StringComparer.Ordinal);
    private int generation;
    private int judged;
    private int judgedRetried;

    private ScriptedModel(OpenAiStandIn standIn)
    {
        this.standIn = standIn;
        standIn.Decide = Answer;
        standIn.Judge = Judge;
    }

    public IReadOnlyList<string> Settings => standIn.Settings;

    public static async Task<ScriptedModel> StartAsync() => new(await OpenAiStandIn.StartAsync());

    /// <summary>Whether a text is all that one generation said, or a reply of the action that remembers.</summary>
    public bool SaidWhole(string text) => generations.ContainsKey(text) || text.Contains("tea", StringComparison.Ordinal);

    /// <summary>Whether a text is the beginning of what one generation said.</summary>
    public bool SaidBeginning(string text) => text.Length == 0 || generations.Keys.Any(g => g.StartsWith(text, StringComparison.Ordinal));

    /// <summary>Complete when the model has been asked for a reply to this message.</summary>
    public Task AskedAsync(string said) => Eventually.TrueAsync(() => standIn.Talks.Any(r => r.Prompt("user") == said), TimeSpan.FromSeconds(30));

    public ValueTask DisposeAsync() => standIn.DisposeAsync();

    /// <summary>The first judgement of one turn whose evaluations are deferred is none; it is tried again.</summary>
    private OpenAiAnswer Judge(OpenAiRequest request)
        => request.Prompt("user")?.Contains("And a?", StringComparison.Ordinal) is true && Interlocked.Increment(ref judgedRetried) == 1
            ? OpenAiAnswer.Says("no idea")
            : OpenAiAnswer.Says(Interlocked.Increment(ref judged).ToString(CultureInfo.InvariantCulture));

    private OpenAiAnswer? Answer(OpenAiRequest request)
    {
        var said = request.Prompt("user") ?? "";
        if (said.StartsWith("Remember", StringComparison.Ordinal) && request.Prompt("tool") is null)
        {
            return OpenAiAnswer.CallsTool("REMEMBER_FACT", $$"""{"fact":"{{said}}"}""");
        }

        if (said == Break && request["model"] == "small-model")
        {
            return OpenAiAnswer.Fails(400);
        }

        var number = Interlocked.Increment(ref generation);
        var isLong = said.Contains("long", StringComparison.Ordinal);
        var chunks = Enumerable.Range(0, isLong ? 300 : 20).Select(n => $"g{number}-{n} ").ToArray();
        generations[string.Concat(chunks).TrimEnd()] = 0;
        generations[string.Concat(chunks)] = 0;
        var answer = OpenAiAnswer.Streams(chunks) with { BetweenChunks = TimeSpan.FromMilliseconds(3) };
        return isLong ? answer with { Until = Task.Delay(Pause), UntilAfterChunks = 150 } : answer;
    }
}
