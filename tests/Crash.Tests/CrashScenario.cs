using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Vivace.Testing.Http;
using Vivace.Testing.OpenAi;
using Vivace.Testing.Streams;

namespace Vivace.Crash.Tests;

/// <summary>
/// A few conversations while the process is killed once: a reply, a streamed reply, a cancelled one, deferred evaluations one
/// of which fails at first, an action that remembers, a deleted conversation. Every generation has text of its own, so that
/// text of two in one reply shows. Afterwards everything is counted.
/// </summary>
internal sealed class CrashScenario : IAsyncDisposable
{
    private const string Fast = """{ "profile": "quick", "mode": "fast", "model": { "size": "small" }, "generation": { "maxModelCalls": 1, "retries": 1, "deadlineSeconds": 3 }, "postEvaluators": { "deferred": true } }""";
    private const string Default = """{ "profile": "steady", "mode": "default", "model": { "size": "large" }, "generation": { "maxModelCalls": 3, "retries": 1, "deadlineSeconds": 3 }, "postEvaluators": { "deferred": false } }""";

    private readonly TemporaryFolder folder = new();
    private readonly OpenAiStandIn model;
    private readonly CrashChild child;
    private readonly CrashClient client;
    private readonly ConcurrentDictionary<string, byte> generations = new();
    private readonly ConcurrentBag<string> faults = [];
    private int generation;
    private int judged;

    private CrashScenario(OpenAiStandIn model, string? crashAt, string? log)
    {
        this.model = model;
        model.Decide = Answer;
        model.Judge = request => IsFirstOfDeferred(request) ? OpenAiAnswer.Says("no idea") : OpenAiAnswer.Says("80");
        folder.Write("profiles/quick.json", Fast);
        folder.Write("profiles/steady.json", Default);
        string[] settings =
        [
            "Logging:LogLevel:Default=Warning", "ServiceBus:Embedded:Port=0", "Streams:CoalesceMilliseconds=5", "Turns:ResendSeconds=1", "Turns:HandOverSeconds=1",
            "Turns:SweepSeconds=1", "Evaluations:ResendSeconds=2", .. model.Settings,
        ];
        child = new CrashChild(folder.Path, settings, crashAt, log);
        client = new CrashClient(child);
    }

    /// <summary>Whether the point was reached, and everything that is wrong afterwards; null faults for none.</summary>
    public static async Task<(bool Crashed, IReadOnlyList<string> Faults)> RunAsync(string? crashAt, string? log = null)
    {
        await using var model = await OpenAiStandIn.StartAsync();
        await using var scenario = new CrashScenario(model, crashAt, log);
        try
        {
            await scenario.child.StartAsync();
            await Task.WhenAll(scenario.TalkAsync("a"), scenario.CancelAsync("b"), scenario.DeleteAsync("c"));
            await scenario.SettleAsync();
        }
        catch (Exception e)
        {
            scenario.faults.Add(e.ToString());
        }

        return (scenario.child.Crashed, [.. scenario.faults]);
    }

    public async ValueTask DisposeAsync()
    {
        await child.DisposeAsync();
        folder.Dispose();
    }

    /// <summary>Deferred and inline evaluations, facts, an action, and a stream.</summary>
    private async Task TalkAsync(string name)
    {
        var conversation = await ConverseAsync();
        var said = new[] { ($"My name is {name}", "quick"), ($"Remember that {name} likes tea", "steady"), ($"And {name}?", "quick") };
        var turns = new List<string>();
        foreach (var (index, (text, profile)) in said.Index())
        {
            var reply = await client.PostAsync($"/api/conversations/{conversation}/messages", Body(text, profile), $"{name}-{index}");
            turns.Add(reply.At("turnId") ?? throw new InvalidOperationException($"{text}: {reply}"));
        }

        var streamed = await client.StreamAsync($"/api/conversations/{conversation}/messages/stream", Body($"Stream for {name}", "quick"), $"{name}-stream");
        turns.Add(streamed[0]["turnId"]!);
        await CheckAsync(conversation, [.. said.Select(s => s.Item1), $"Stream for {name}"], turns);
        await CheckStreamAsync(streamed);
    }

    private async Task CancelAsync(string name)
    {
        var conversation = await ConverseAsync();
        var cancelled = false;
        var events = await client.StreamAsync($"/api/conversations/{conversation}/messages/stream", Body($"Stream long for {name}", "quick"), $"{name}-stream", async seen =>
        {
            if (seen.Type == "token" && !cancelled)
            {
                cancelled = true;
                await client.DeleteAsync($"/api/turns/{seen["turnId"]}");
            }
        });
        await CheckAsync(conversation, [$"Stream long for {name}"], [events[0]["turnId"]!]);
        await CheckStreamAsync(events);
        if (events[^1].Type is not ("cancelled" or "interrupted"))
        {
            faults.Add($"A turn that was cancelled while it streamed ended {events[^1].Type}.");
        }
    }

    private async Task DeleteAsync(string name)
    {
        var conversation = await ConverseAsync();
        await client.PostAsync($"/api/conversations/{conversation}/messages", Body($"Forget {name}", "quick"), $"{name}-0");
        await client.DeleteAsync($"/api/conversations/{conversation}");
        var gone = await client.GetAsync($"/api/conversations/{conversation}");
        if (gone.At("status") != "404")
        {
            faults.Add($"A deleted conversation is there: {gone}");
        }
    }

    private async Task<string> ConverseAsync()
        => (await client.PostAsync("/api/conversations", [])).At("conversation.id") ?? throw new InvalidOperationException("No conversation.");

    /// <summary>No accepted message lost, none twice, one reply at most, and that of one generation.</summary>
    private async Task CheckAsync(string conversation, string[] said, List<string> turns)
    {
        var history = (await client.GetAsync($"/api/conversations/{conversation}/messages?limit=200")).GetProperty("messages").EnumerateArray().ToArray();
        var users = history.Where(m => m.At("role") == "user").Select(m => m.At("text")!).ToArray();
        Expect(users.SequenceEqual(said), $"The history has [{string.Join(" | ", users)}], said was [{string.Join(" | ", said)}].");
        foreach (var turn in turns)
        {
            var details = await Eventually.GetAsync(() => client.GetAsync($"/api/turns/{turn}"), t => t.At("status") != "running", TimeSpan.FromSeconds(30));
            var replies = history.Where(m => m.At("role") == "assistant" && m.At("turnId") == turn).Select(m => m.At("text")!).ToArray();
            var text = details.At("text") ?? "";
            Expect(replies.Length <= 1 && (replies.Length == 1) == (text.Length > 0), $"Turn {turn} is {details.At("status")} with {replies.Length} replies.");
            Expect(replies.All(r => r == text), $"Turn {turn} says \"{text}\", the history \"{string.Join('|', replies)}\".");
            Expect(details.At("status") != "done" || generations.ContainsKey(text) || text.Contains("tea", StringComparison.Ordinal), $"Turn {turn} says what no generation said: \"{text}\"");
            Expect(details.At("status") is "done" or "cancelled" or "interrupted", $"Turn {turn} ended {details.At("status")}: {details.At("failure")}");
        }
    }

    private async Task CheckStreamAsync(IReadOnlyList<SseEvent> events)
    {
        var text = string.Concat(events.Where(e => e.Type == "token").Select(e => e.Text));
        var turn = await client.GetAsync($"/api/turns/{events[0]["turnId"]}");
        Expect(events.Count(e => e.IsTerminal) == 1, "There is not exactly one terminal event.");
        Expect(text == (turn.At("text") ?? ""), $"The stream showed \"{text}\", the turn has \"{turn.At("text")}\".");
        Expect(generations.Keys.Any(g => g.StartsWith(text, StringComparison.Ordinal)), $"The stream showed what no one generation said: \"{text}\"");
    }

    /// <summary>In the end nothing is pending, and the counts balance.</summary>
    private async Task SettleAsync()
    {
        var summary = await Eventually.GetAsync(
            () => client.GetAsync("/api/evaluations"), s => s.GetProperty("evaluators").EnumerateArray().All(e => e.At("pending") == "0"), TimeSpan.FromSeconds(60));
        foreach (var evaluator in summary.GetProperty("evaluators").EnumerateArray())
        {
            long Count(string name) => long.Parse(evaluator.At(name)!, CultureInfo.InvariantCulture);
            Expect(Count("expected") == Count("completed") + Count("skipped") + Count("dead") + Count("pending"), $"The counts do not balance: {evaluator}");
            Expect(Count("dead") == 0, $"Evaluations are dead: {evaluator}");
        }
    }

    private void Expect(bool holds, string fault)
    {
        if (!holds)
        {
            faults.Add(fault);
        }
    }

    /// <summary>The first judgement of a turn whose evaluations are deferred; it fails, and is tried again.</summary>
    private bool IsFirstOfDeferred(OpenAiRequest request)
        => request.Prompt("user")?.Contains("My name is a", StringComparison.Ordinal) is true && Interlocked.Increment(ref judged) == 1;

    private OpenAiAnswer? Answer(OpenAiRequest request)
    {
        var said = request.Prompt("user") ?? "";
        if (said.StartsWith("Remember", StringComparison.Ordinal) && request.Prompt("tool") is null)
        {
            return OpenAiAnswer.CallsTool("REMEMBER_FACT", $$"""{"fact":"{{said}}"}""");
        }

        var number = Interlocked.Increment(ref generation);
        var chunks = Enumerable.Range(0, said.Contains("long", StringComparison.Ordinal) ? 300 : 20).Select(n => $"g{number}-{n} ").ToArray();
        generations[string.Concat(chunks).TrimEnd()] = 0;
        generations[string.Concat(chunks)] = 0;
        return OpenAiAnswer.Streams(chunks) with { BetweenChunks = TimeSpan.FromMilliseconds(3) };
    }

    private static JsonObject Body(string text, string profile) => new() { ["text"] = text, ["processing"] = new JsonObject { ["profile"] = profile } };
}
