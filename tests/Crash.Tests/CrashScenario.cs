using Vivace.Testing.Http;
using Vivace.Testing.Streams;

namespace Vivace.Crash.Tests;

/// <summary>
/// A few conversations while the process is killed once: a reply, a streamed reply, a cancelled one, one whose message the
/// broker gives up, deferred evaluations one of which fails at first and some of which are dead until the operator has them
/// tried again, an action that remembers, a changed conversation, a deleted and a muted one. Two messages are handled while the store
/// is away. Afterwards everything is counted.
/// </summary>
internal sealed class CrashScenario : IAsyncDisposable
{
    /// <summary>The first streamed turn is abandoned once; the evaluations of the first turn twice, and then the broker gives them up.</summary>
    private const string Faults = "ITurnStore.BeginAttemptAsync*1;IEvaluationStore.DueAsync*2";

    private readonly TemporaryFolder folder = new();
    private readonly CrashChild child;
    private readonly CrashClient client;
    private readonly CrashChecks checks;
    private readonly StoreBeside store;

    private CrashScenario(ScriptedModel model, CrashRun? run, string? logs)
    {
        child = new CrashChild(
            folder.Path, CrashSettings.Write(folder, model), run?.Arms(CrashSite.Alone), logs is null ? null : Path.Combine(logs, CrashSite.Alone), Faults);
        client = new CrashClient(child);
        checks = new CrashChecks(client, model);
        store = new StoreBeside(folder.Path);
    }

    /// <param name="run">Where to kill; null: nowhere.</param>
    /// <param name="logs">A folder that gets a file of the points passed.</param>
    public static async Task<CrashOutcome> RunAsync(CrashRun? run, string? logs = null)
    {
        await using var model = await ScriptedModel.StartAsync();
        await using var scenario = new CrashScenario(model, run, logs);
        return await CrashOutcome.OfAsync(scenario.RunAsync, scenario.checks, () => scenario.child.Crashed);
    }

    public async ValueTask DisposeAsync()
    {
        await child.DisposeAsync();
        folder.Dispose();
    }

    private async Task RunAsync()
    {
        await child.StartAsync();
        await store.WriteYesterdayAsync();
        var (talk, room) = await ConverseAsync();
        var first = await SayAsync(talk, "My name is a", CrashSettings.Quick, "a-0");
        var talking = TalkAsync(talk, first);

        // The planted faults are for what has begun by now: not for the drain, which would wait for its message's lock to end, and
        // not for evaluations of a conversation that is gone, which nobody can have tried again.
        await CancelAsync();
        var deleting = DeleteAsync();
        await Task.WhenAll(talking, deleting, GiveUpAsync(), MuteAsync());
        await checks.SettleAsync();
        await store.CheckKeysAsync(checks, talk, await talking);
        await store.CheckFactsAsync(checks, room, "Remember that a likes tea", "The user said: My name is a");
        await store.CheckFactsAsync(checks, await deleting);
    }

    /// <summary>Deferred and inline evaluations, facts, an action, a new title, and a stream; the turns by the keys they were asked for under.</summary>
    private async Task<IReadOnlyDictionary<string, string>> TalkAsync(string conversation, string first)
    {
        await client.PatchAsync($"/api/conversations/{conversation}", new() { ["title"] = "Tea" });
        var turns = new Dictionary<string, string>
        {
            ["a-0"] = first,
            ["a-1"] = await SayAsync(conversation, "Remember that a likes tea", CrashSettings.Steady, "a-1"),
            ["a-2"] = await SayAsync(conversation, "And a?", CrashSettings.Quick, "a-2"),
        };
        var streamed = await StreamAsync(conversation, "Stream for a", "a-3");
        turns["a-3"] = streamed[0]["turnId"]!;
        await checks.CheckAsync(conversation, ["My name is a", "Remember that a likes tea", "And a?", "Stream for a"], [.. turns.Values], "done", "interrupted");
        await checks.CheckStreamAsync(streamed);
        var title = (await client.GetAsync($"/api/conversations/{conversation}")).At("conversation.title");
        checks.Expect(title == "Tea", $"A conversation that was given a title has \"{title}\".");
        return turns;
    }

    private async Task CancelAsync()
    {
        var (conversation, _) = await ConverseAsync();
        var cancelled = false;
        var events = await StreamAsync(conversation, "Stream long for b", "b-0", async seen =>
        {
            if (seen.Type == "token" && !cancelled)
            {
                cancelled = true;
                await client.DeleteAsync($"/api/turns/{seen["turnId"]}");
            }
        });
        await checks.CheckAsync(conversation, ["Stream long for b"], [events[0]["turnId"]!], "cancelled", "interrupted");
        await checks.CheckStreamAsync(events);
    }

    /// <summary>The room of a conversation that is gone when its evaluations run.</summary>
    private async Task<string> DeleteAsync()
    {
        var (conversation, room) = await ConverseAsync();
        await SayAsync(conversation, "My name is c", CrashSettings.Quick, "c-0");
        await client.DeleteAsync($"/api/conversations/{conversation}");
        var gone = await client.GetAsync($"/api/conversations/{conversation}");
        checks.Expect(gone.At("status") == "404", $"A deleted conversation is there: {gone}");
        return room;
    }

    private async Task GiveUpAsync()
    {
        var (conversation, room) = await ConverseAsync();
        await using var other = new GivenUpTurn(folder.Path, StoreBeside.Owner, room);
        await other.TakeRoomAsync();
        var givingUp = other.GiveUpAsync();
        var events = await StreamAsync(conversation, "Stream for d", "d-0");
        await givingUp;
        await checks.CheckAsync(conversation, ["Stream for d"], [events[0]["turnId"]!], child.Crashed ? ["done", "failed", "interrupted"] : ["failed"]);
        await checks.CheckStreamAsync(events);
    }

    /// <summary>A message without a key that ends before it waits. Who does not hear of it says it again.</summary>
    private async Task MuteAsync()
    {
        var (conversation, _) = await ConverseAsync();
        await client.PatchAsync($"/api/conversations/{conversation}", new() { ["muted"] = true });
        var answer = await client.PostAsync($"/api/conversations/{conversation}/messages", CrashSettings.Body("Hush", CrashSettings.Quick));
        await checks.CheckSilentAsync(conversation, "Hush", answer.At("turnId")!, atMost: child.Crashed ? 2 : 1);
    }

    private async Task<(string Id, string Room)> ConverseAsync()
    {
        var made = await client.PostAsync("/api/conversations", []);
        return (made.At("conversation.id") ?? throw new InvalidOperationException($"No conversation: {made}"), made.At("conversation.roomId")!);
    }

    private async Task<string> SayAsync(string conversation, string text, string profile, string key)
    {
        var reply = await client.PostAsync($"/api/conversations/{conversation}/messages", CrashSettings.Body(text, profile), key);
        return reply.At("turnId") ?? throw new InvalidOperationException($"{text}: {reply}");
    }

    private Task<IReadOnlyList<SseEvent>> StreamAsync(string conversation, string text, string key, Func<SseEvent, Task>? onEvent = null)
        => client.StreamAsync($"/api/conversations/{conversation}/messages/stream", CrashSettings.Body(text, CrashSettings.Quick), key, onEvent);
}
