using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Vivace.Testing.Http;
using Vivace.Testing.Streams;

namespace Vivace.Crash.Tests;

/// <summary>What must hold whatever was killed, as a client of one process and an operator see it.</summary>
internal sealed class CrashChecks(CrashClient client, ScriptedModel model)
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(60);

    private readonly ConcurrentBag<string> faults = [];
    private readonly ConcurrentDictionary<string, string> judgements = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Faults => [.. faults];

    public void Expect(bool holds, string fault)
    {
        if (!holds)
        {
            faults.Add(fault);
        }
    }

    /// <summary>No accepted message lost, none twice, one reply at most, and that of one generation.</summary>
    /// <param name="said">What was said, in its order.</param>
    /// <param name="turns">Where it was answered, in the same order.</param>
    /// <param name="mayEnd">How the turns may end.</param>
    public async Task CheckAsync(string conversation, IReadOnlyList<string> said, IReadOnlyList<string> turns, params string[] mayEnd)
    {
        foreach (var turn in turns)
        {
            await Eventually.GetAsync(() => client.GetAsync($"/api/turns/{turn}"), t => t.At("status") != "running", EndLimit);
        }

        var history = (await client.GetAsync($"/api/conversations/{conversation}/messages?limit=200")).GetProperty("messages").EnumerateArray().ToArray();
        var users = history.Where(m => m.At("role") == "user").ToArray();
        Expect(users.Select(m => m.At("text")).SequenceEqual(said), $"The history has [{string.Join(" | ", users.Select(m => m.At("text")))}], said was [{string.Join(" | ", said)}].");
        Expect(users.Select(m => m.At("turnId")).SequenceEqual(turns), "The history names other turns than those that were answered.");
        foreach (var (turn, message) in turns.Zip(said))
        {
            await CheckTurnAsync(turn, message, [.. history.Where(m => m.At("role") == "assistant" && m.At("turnId") == turn).Select(m => m.At("text")!)], mayEnd);
        }
    }

    /// <summary>Said without a key and answered with silence: written whole, at most as often as it may have been sent.</summary>
    public async Task CheckSilentAsync(string conversation, string said, string answered, int atMost)
    {
        var history = (await client.GetAsync($"/api/conversations/{conversation}/messages?limit=200")).GetProperty("messages").EnumerateArray().ToArray();
        Expect(history.Length >= 1 && history.Length <= atMost, $"\"{said}\" stands {history.Length} times.");
        Expect(history.Any(m => m.At("turnId") == answered), "What was answered is not in the history.");
        foreach (var message in history)
        {
            var turn = await client.GetAsync($"/api/turns/{message.At("turnId")}");
            Expect(message.At("text") == said && message.At("role") == "user", $"Instead of \"{said}\" there is {message}.");
            Expect(turn.At("status") == "done", $"A silent turn is {turn.At("status")}.");
        }
    }

    /// <summary>One terminal event, and before it the text of the turn.</summary>
    public async Task CheckStreamAsync(IReadOnlyList<SseEvent> events)
    {
        var text = TextOf(events);
        var turn = await client.GetAsync($"/api/turns/{events[0]["turnId"]}");
        Expect(events.Count(e => e.IsTerminal) == 1, "There is not exactly one terminal event.");
        Expect(text == (turn.At("text") ?? ""), $"The stream showed \"{text}\", the turn has \"{turn.At("text")}\".");
        Expect(model.SaidBeginning(text), $"The stream showed what no one generation said: \"{text}\"");
    }

    /// <summary>The operator gives dead evaluations another chance; in the end nothing is pending, and the counts balance.</summary>
    public async Task SettleAsync()
    {
        var summary = await Eventually.GetAsync(OperateAsync, s => s.All(e => e.At("pending") == "0" && e.At("dead") == "0"), SettleLimit);
        foreach (var evaluator in summary)
        {
            long Count(string name) => long.Parse(evaluator.At(name)!, CultureInfo.InvariantCulture);
            Expect(Count("expected") == Count("completed") + Count("skipped") + Count("dead") + Count("pending"), $"The counts do not balance: {evaluator}");
        }

        foreach (var turn in judgements.Keys.Select(key => key.Split('/')[0]).Distinct().ToArray())
        {
            Note(turn, await client.GetAsync($"/api/turns/{turn}"));
        }
    }

    public static string TextOf(IEnumerable<SseEvent> events) => string.Concat(events.Where(e => e.Type == "token").Select(e => e.Text));

    private async Task CheckTurnAsync(string turn, string said, string[] replies, string[] mayEnd)
    {
        var details = await client.GetAsync($"/api/turns/{turn}");
        var (status, text) = (details.At("status"), details.At("text") ?? "");
        Expect(replies.Length <= 1 && (replies.Length == 1) == (text.Length > 0), $"Turn {turn} is {status} with {replies.Length} replies.");
        Expect(replies.All(r => r == text), $"Turn {turn} says \"{text}\", the history \"{string.Join('|', replies)}\".");
        Expect(status == "done" ? model.SaidWhole(text) : model.SaidBeginning(text), $"Turn {turn} says what no generation said: \"{text}\"");
        Expect(mayEnd.Contains(status), $"Turn {turn}, \"{said}\", ended {status}: {details.At("failure")}");
        Note(turn, details);
    }

    /// <summary>An evaluation that is complete stays as it is: the judge never says the same twice.</summary>
    private void Note(string turn, JsonElement details)
    {
        foreach (var evaluation in details.GetProperty("evaluations").EnumerateArray().Where(e => e.At("status") == "completed"))
        {
            var result = evaluation.At("result")!;
            var before = judgements.GetOrAdd($"{turn}/{evaluation.At("evaluator")}/{evaluation.At("version")}", result);
            Expect(before == result, $"Turn {turn}: {evaluation.At("evaluator")} found {before} and then {result}.");
        }
    }

    private async Task<JsonElement[]> OperateAsync()
    {
        foreach (var dead in (await client.GetAsync("/api/evaluations/dead-letters")).GetProperty("deadLetters").EnumerateArray())
        {
            await client.PostAsync($"/api/evaluations/dead-letters/{dead.At("turnId")}/{dead.At("evaluator")}/{dead.At("version")}/requeue", []);
        }

        return [.. (await client.GetAsync("/api/evaluations")).GetProperty("evaluators").EnumerateArray()];
    }
}
