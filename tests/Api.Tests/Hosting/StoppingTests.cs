using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Vivace.Api.Tests.BadInput;
using Vivace.Api.Tests.Turns;
using Vivace.Runtime.Storage;
using Vivace.Sqlite;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;
using Vivace.Testing.OpenAi;
using Vivace.Testing.Streams;

namespace Vivace.Api.Tests.Hosting;

/// <summary>A process that is asked to stop takes nothing with it: another goes on, and nobody waits longer than need be.</summary>
public sealed class StoppingTests
{
    /// <summary>Five seconds of grace, and what a loaded machine adds.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private static readonly string[] Settings = ["ServiceBus:Embedded:Port=0", "Turns:SweepSeconds=1", "Turns:ResendSeconds=2", "Streams:CoalesceMilliseconds=1"];

    [Fact]
    public async Task Turns_that_have_shown_nothing_are_run_by_another_process_and_a_shown_one_is_interrupted()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        var never = new TaskCompletionSource();
        var stays = true;
        model.Decide = request => (stays, request.Prompt("user")) switch
        {
            (true, "Show some") => OpenAiAnswer.Streams("Some ", "more") with { Until = never.Task, UntilAfterChunks = 1 },
            (true, _) => OpenAiAnswer.Stalls(),
            _ => OpenAiAnswer.Says("Said elsewhere."),
        };
        await using var broker = await StartAsync(model, null, "Turns:Run=false");
        await using var leaving = await StartAsync(model, broker);
        var asked = await leaving.Client.ConverseAsync();
        var json = asked.SayAsync(new Said("As JSON", Said.Default));
        var silent = new ResumingReader(broker.Client, (await leaving.Client.ConverseAsync()).Path, new Said("Show nothing", Said.Default), "silent");
        var shown = new ResumingReader(broker.Client, (await leaving.Client.ConverseAsync()).Path, new Said("Show some", Said.Default), "shown");
        var reading = Task.WhenAll(silent.ReadAsync([]), shown.ReadAsync([]));
        await Eventually.TrueAsync(() => model.Talks.Count == 3 && shown.Text.Length > 0);

        stays = false;
        await using var staying = await StartAsync(model, broker);
        var since = Stopwatch.GetTimestamp();
        await leaving.LeaveAsync();
        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, Limit);

        var answer = await json;
        AssertHandedOver(answer);
        await reading.WaitAsync(Limit);
        Assert.Equal(("Said elsewhere.", "done"), (silent.Text, silent.Events[^1].Type));
        Assert.Equal(("Some ", "interrupted"), (shown.Text, shown.Events[^1].Type));
        Assert.Equal("done", (await asked.SeenBy(staying.Client).EndedTurnAsync(answer["turnId"]))["status"]);
        Assert.Equal(["As JSON", "Said elsewhere."], (await asked.SeenBy(staying.Client).HistoryAsync()).Select(m => m.Text));
        Assert.Equal(5, model.Talks.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Category", "InProcess")]
    public async Task A_turn_whose_acceptance_is_still_being_written_is_handed_over_once_it_is_and_refused_where_it_cannot_be(bool fails)
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.Then(OpenAiAnswer.Stalls());
        model.Otherwise = OpenAiAnswer.Says("Said elsewhere.");
        await using var staying = await StartAsync(model, null);
        await using var leaving = await VivaceHost.StartAsync(new VivaceSetup
        {
            Settings = [.. model.Settings, .. Settings],
            Beside = staying,
            Configure = services => services.AddSingleton<ITurnStore>(provider => new TurnStoreInTest(provider.GetRequiredService<SqliteStore>().Turns)
            {
                Accepts = async (_, write) =>
                {
                    await (await model.TalkAsync()).Aborted;
                    return fails ? throw new StoreUnavailableException("away") : await write();
                },
            }),
        });
        var conversation = await leaving.Client.ConverseAsync();
        var call = conversation.SayAsync(new Said("As JSON", Said.Default));
        await model.TalkAsync();
        await leaving.LeaveAsync();

        var answer = await call;
        var seen = conversation.SeenBy(staying.Client);
        if (fails)
        {
            answer.AssertProblem(503);
            Assert.Null(answer["turnId"]);
            Assert.Empty(await seen.HistoryAsync());
            return;
        }

        AssertHandedOver(answer);
        var turn = await seen.EndedTurnAsync(answer["turnId"]);
        Assert.Equal(("done", "Said elsewhere."), (turn["status"], turn["text"]));
        Assert.Equal(["As JSON", "Said elsewhere."], (await seen.HistoryAsync()).Select(m => m.Text));
    }

    [Fact]
    public async Task Readers_of_a_turn_that_runs_elsewhere_are_sent_away_while_it_runs_and_read_on_there()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        var enough = new TaskCompletionSource();
        model.Otherwise = OpenAiAnswer.Streams("One ", "two ", "three") with { Until = enough.Task, UntilAfterChunks = 1 };
        await using var worker = await StartAsync(model, null);
        await using var leaving = await StartAsync(model, worker, "Turns:Run=false");
        await using var stream = await (await leaving.Client.ConverseAsync()).OpenStreamAsync(new Said("Count", Said.Default));
        var first = await stream.UntilAsync(e => e.Type == "token");

        await leaving.LeaveAsync();
        Assert.Null(await stream.NextAsync());
        Assert.True(stream.ComesAgain);
        Assert.Equal("running", (await worker.Client.GetAsync($"/api/turns/{first["turnId"]}"))["status"]);

        enough.SetResult();
        await using var rest = new SseStream(await worker.Client.With("Last-Event-ID", first.Id).OpenAsync(HttpMethod.Get, $"/api/turns/{first["turnId"]}/stream", null));
        Assert.Equal("One two three", (await rest.UntilAsync(e => e.IsTerminal))["fullText"]);
    }

    private static void AssertHandedOver(Answer answer)
    {
        answer.AssertProblem(409);
        Assert.Equal(("/problems/in-flight", $"See /api/turns/{answer["turnId"]}."), (answer["type"], answer["detail"]));
    }

    private static Task<VivaceHost> StartAsync(OpenAiStandIn model, VivaceHost? beside, params string[] settings)
        => VivaceHost.StartAsync(new VivaceSetup { Settings = [.. model.Settings, .. Settings, .. settings], Beside = beside });
}
