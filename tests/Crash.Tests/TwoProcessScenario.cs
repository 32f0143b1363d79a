using Vivace.Testing.Http;
using Vivace.Testing.Streams;

namespace Vivace.Crash.Tests;

/// <summary>
/// Two processes that share a folder while one of them is killed once: the first runs turns and, to begin with, the broker; the
/// second relays the same stream, cancels it and gets a message that the first has already. When the first is killed the second
/// takes the broker over.
/// </summary>
internal sealed class TwoProcessScenario : IAsyncDisposable
{
    private const string Streamed = "Stream long for x";
    private const string Asked = "My name is y";

    private readonly TemporaryFolder folder = new();
    private readonly ScriptedModel model;
    private readonly CrashChild first;
    private readonly CrashChild second;
    private readonly CrashClient toFirst;
    private readonly CrashClient toSecond;
    private readonly CrashChecks checks;

    private TwoProcessScenario(ScriptedModel model, CrashRun? run, string? logs)
    {
        this.model = model;
        var settings = CrashSettings.Write(folder, model);
        first = Process(CrashSite.First, settings);
        second = Process(CrashSite.Second, [.. settings, "Turns:Run=false"]);
        (toFirst, toSecond) = (new CrashClient(first), new CrashClient(second));
        checks = new CrashChecks(toFirst, model);

        CrashChild Process(string name, IReadOnlyList<string> with)
            => new(folder.Path, with, run?.Arms(name), logs is null ? null : Path.Combine(logs, name));
    }

    private bool Crashed => first.Crashed || second.Crashed;

    /// <param name="run">Where to kill; null: nowhere.</param>
    /// <param name="logs">A folder that gets a file of the points passed for each process.</param>
    public static async Task<CrashOutcome> RunAsync(CrashRun? run, string? logs = null)
    {
        await using var model = await ScriptedModel.StartAsync();
        await using var scenario = new TwoProcessScenario(model, run, logs);
        return await CrashOutcome.OfAsync(scenario.RunAsync, scenario.checks, () => scenario.Crashed);
    }

    public async ValueTask DisposeAsync()
    {
        await first.DisposeAsync();
        await second.DisposeAsync();
        folder.Dispose();
    }

    private async Task RunAsync()
    {
        await first.StartAsync();
        await second.StartAsync();
        await Task.WhenAll(CancelElsewhereAsync(), AskElsewhereAsync());
        await checks.SettleAsync();
    }

    /// <summary>Both processes show the same of a turn that the one runs and the other cancels.</summary>
    private async Task CancelElsewhereAsync()
    {
        var conversation = await ConverseAsync();
        Task<IReadOnlyList<SseEvent>>? elsewhere = null;
        string? answered = null;
        var events = await StreamAsync(toFirst, conversation, async seen =>
        {
            if (seen.Type == "token" && elsewhere is null)
            {
                elsewhere = StreamAsync(toSecond, conversation, null);
                answered = (await toSecond.DeleteAsync($"/api/turns/{seen["turnId"]}")).At("status");
            }
        });
        var relayed = await (elsewhere ?? StreamAsync(toSecond, conversation, null));

        // Where the second is killed first, its wish may come when the turn has ended; the answer says so.
        await checks.CheckAsync(conversation, [Streamed], [events[0]["turnId"]!], answered == "done" && second.Crashed ? ["done"] : ["cancelled", "interrupted"]);
        await checks.CheckStreamAsync(events);
        await checks.CheckStreamAsync(relayed);
        var shown = CrashChecks.TextOf(events);
        checks.Expect(relayed[0]["turnId"] == events[0]["turnId"] && CrashChecks.TextOf(relayed) == shown, $"One process showed \"{shown}\", the other \"{CrashChecks.TextOf(relayed)}\".");
        checks.Expect(Crashed || !model.SaidWhole(shown), "The turn was cancelled at its end only, as if nobody had been told.");
    }

    /// <summary>The same message given to both processes under one key is one turn with one reply.</summary>
    private async Task AskElsewhereAsync()
    {
        var conversation = await ConverseAsync();
        var path = $"/api/conversations/{conversation}/messages";
        var asking = toFirst.PostAsync(path, CrashSettings.Body(Asked, CrashSettings.Quick), "y-0");
        await model.AskedAsync(Asked);
        var again = await toSecond.PostAsync(path, CrashSettings.Body(Asked, CrashSettings.Quick), "y-0");
        var reply = await asking;
        checks.Expect(reply.At("turnId") == again.At("turnId") && reply.At("text") == again.At("text"), $"One process answered {reply}, the other {again}.");
        await checks.CheckAsync(conversation, [Asked], [reply.At("turnId") ?? $"none: {reply}"], "done");
    }

    private async Task<string> ConverseAsync()
        => (await toFirst.PostAsync("/api/conversations", [])).At("conversation.id") ?? throw new InvalidOperationException("No conversation.");

    private static Task<IReadOnlyList<SseEvent>> StreamAsync(CrashClient client, string conversation, Func<SseEvent, Task>? onEvent)
        => client.StreamAsync($"/api/conversations/{conversation}/messages/stream", CrashSettings.Body(Streamed, CrashSettings.Quick), "x-0", onEvent);
}
